"""The demo's public site: news of every kind and in every state, useful links, pages that were looked at and one that has changed."""

from datetime import datetime, timedelta

from accounts.models import Staff, User
from notices.models import News, UsefulLink
from notices.news_rules import Said
from notices.operations import news
from notices.operations.news import NewsDraft
from notices.operations.news_corrections import correct_news
from notices.operations.page_changes import confirm_page, tell_news_changed, tell_page_changed
from notices.operations.useful_links import LinkDraft, add_link

_DAY = timedelta(days=1)
_KIOSK = {
    "en": Said("A new card kiosk at the bus station", "It writes cards day and night, in the waiting hall, to the left of the entrance."),
    "zh-hans": Said("汽车站新增写卡自助终端", "终端设在候车厅入口左侧，24小时可写卡。"),
    "ru": Said("Новый терминал на автовокзале", "Записывает карты круглосуточно, в зале ожидания, слева от входа."),
}
_KIOSK_RIGHT = {
    "en": Said(
        "A new card kiosk at the bus station", "It writes cards from 6:00 to 22:00, in the waiting hall, to the left of the entrance."
    ),
    "zh-hans": Said("汽车站新增写卡自助终端", "终端设在候车厅入口左侧，每天6:00至22:00可写卡。"),
    "ru": Said("Новый терминал на автовокзале", "Записывает карты с 6:00 до 22:00, в зале ожидания, слева от входа."),
}
_KIOSK_NOTE = {
    "en": "The hours were wrong: the station closes at night.",
    "zh-hans": "营业时间有误：车站夜间关闭。",
    "ru": "Часы были неверны: ночью вокзал закрыт.",
}
_WINTER = {
    "en": Said(
        "Before the first frost: let your boiler breathe",
        "Look whether the flue is free. A yellow flame means that air is missing: turn it off and ring us. An alarm saves lives.",
    ),
    "zh-hans": Said("入冬前请检查壁挂炉", "请检查烟道是否通畅。火焰发黄表示缺氧：请关闭设备并来电。安装报警器可以保命。"),
    "ru": Said(
        "До первых морозов: дайте котлу дышать",
        "Проверьте, свободен ли дымоход. Жёлтое пламя — не хватает воздуха: выключите и позвоните. Сигнализатор спасает жизнь.",
    ),
}
_ONLINE = {
    "en": Said("Look up your request by number and code", "Whoever has no cabinet sees on our site how far a request has come."),
    "zh-hans": Said("凭编号和查询码即可查询办理进度", "没有开通网上营业厅的用户，也可在网站查看办理进度。"),
    "ru": Said("Заявку можно проверить по номеру и коду", "Без личного кабинета на сайте видно, как идёт дело."),
}
_PRICE = {
    "en": Said(
        "How the price for heating households is decided", "A hearing takes place in December. Until then the price list stays as it is."
    ),
    "zh-hans": Said("采暖用户气价调整听证", "听证会将于十二月举行，在此之前执行现行价格。"),
    "ru": Said("О цене для отопления", "Слушания пройдут в декабре. До этого прейскурант не меняется."),
}
_MOVED = {
    "en": Said("The hall in the north moves", "From 1 December two doors further."),
    "zh-hans": Said("城北营业厅搬迁", "自12月1日起迁至隔壁。"),
}
_DRAFT = {
    "zh-hans": Said("冬季安全宣传周", "下周各小区设咨询点。"),
    "en": Said("A week of safety", "Next week we answer questions in your compound."),
}
_LINKS = (
    (
        "authority",
        "https://www.ndrc.gov.cn/",
        "National Development and Reform Commission",
        "国家发展和改革委员会",
        "Госкомитет по развитию и реформам",
    ),
    (
        "authority",
        "https://www.mohurd.gov.cn/",
        "Ministry of Housing and Urban-Rural Development",
        "住房和城乡建设部",
        "Министерство жилищного строительства",
    ),
    ("organisation", "https://www.12315.cn/", "Consumer complaints 12315", "全国12315平台", "Защита потребителей 12315"),
    ("partner", "https://pay.weixin.qq.com/", "WeChat Pay", "微信支付", "WeChat Pay"),
    ("partner", "https://www.alipay.com/", "Alipay", "支付宝", "Alipay"),
)


def tell_what_is_new(at: datetime) -> None:
    """News let out, corrected, waiting for somebody or for their hour, withdrawn, a draft; links; how fresh the site is."""
    staff = {one.user.username: one for one in Staff.objects.select_related("user")}
    if not {"xia", "dan"} <= set(staff) or News.objects.exists():
        return
    xia, dan = staff["xia"].user, staff["dan"].user
    _let_out(xia, dan, at)
    _not_yet(xia, at)
    for place, (kind, address, english, chinese, russian) in enumerate(_LINKS):
        names = {"en": english, "zh-hans": chinese, "ru": russian}
        if not UsefulLink.objects.filter(address=address).exists():
            add_link(draft=LinkDraft(kind=kind, address=address, names=names, position=place), by=dan, at=at - 20 * _DAY)
    for code in ("payments", "forms", "services", "contact-centre"):
        confirm_page(code=code, is_updated=True, by=dan, at=at - 12 * _DAY)
    tell_page_changed(code="offices", reason="城北营业厅搬迁，地址要改。", by=xia, at=at - timedelta(hours=3))


def _let_out(xia: User, dan: User, at: datetime) -> None:
    """What everybody reads: one of it corrected, one that changed since, one withdrawn."""
    kiosk = _out(xia, NewsDraft(texts=_KIOSK, category="service"), at - 9 * _DAY)
    correct_news(news=kiosk, texts=_KIOSK_RIGHT, notes=_KIOSK_NOTE, by=xia, at=at - 8 * _DAY)
    winter = _out(xia, NewsDraft(texts=_WINTER, category="safety"), at - 6 * _DAY)
    news.approve_news(news=winter, looked_at=news.marks_of(winter), by=dan, at=at - 6 * _DAY + timedelta(hours=1))
    online = _out(xia, NewsDraft(texts=_ONLINE, category="service"), at - 4 * _DAY)
    tell_news_changed(news=online, reason="还可以用短信链接查询。", by=dan, at=at - timedelta(hours=2))
    gone = _out(xia, NewsDraft(texts=_MOVED, category="other"), at - 3 * _DAY)
    news.withdraw_news(news=gone, reason="The day is not settled yet. / 搬迁日期尚未确定。", by=xia, at=at - 2 * _DAY)


def _not_yet(xia: User, at: datetime) -> None:
    """One that another must read, one that waits for its hour, a draft."""
    _out(xia, NewsDraft(texts=_PRICE, category="tariff"), at - timedelta(hours=5))
    _out(xia, NewsDraft(texts=_MOVED, category="other", publish_at=at + 2 * _DAY), at - timedelta(hours=4))
    news.write_news(draft=NewsDraft(texts=_DRAFT, category="safety"), by=xia, at=at - timedelta(hours=1))


def _out(by: User, draft: NewsDraft, at: datetime) -> News:
    """What looks like personal data and is none goes to a second reader with a reason."""
    row = news.write_news(draft=draft, by=by, at=at)
    if news.marks_of(row):
        news.rewrite_news(news=row, draft=NewsDraft(**{**vars(draft), "kept_why": "不涉及个人信息。"}), by=by, at=at)
    return news.let_out(news=row, by=by, at=at)
