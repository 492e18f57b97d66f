"""What the demo city has been told and will be: an announcement of each kind, through the same operations as everybody's."""

from contextlib import suppress
from datetime import datetime, timedelta

from accounts.models import Segment, Staff, Territory
from notices.models import AnnouncementKind
from notices.operations import announcement_sending, announcements
from notices.operations.announcement_refusals import BadAnnouncement
from notices.operations.announcements import Draft, Words

_HOURS = {
    "en": Words("Longer hours in winter", "From 1 December our halls stay open until 18:30. Kiosks write cards around the clock."),
    "zh-hans": Words("冬季延长营业时间", "自12月1日起，营业厅开放至18:30。自助终端24小时可写卡。"),
    "ru": Words("Зимой работаем дольше", "С 1 декабря залы открыты до 18:30. Терминалы записывают карты круглосуточно."),
}
_VIP = {
    "en": Words("A new service for large customers", "Your manager looks at your meters every month, free of charge. Ring us."),
    "zh-hans": Words("大客户新服务", "客户经理每月免费上门查看燃气表具，请来电预约。"),
    "ru": Words(
        "Новая услуга для крупных клиентов",
        "Менеджер каждый месяц бесплатно осматривает ваши счётчики. Звоните.",
    ),
}
_BILLS = {
    "en": Words("Your gas bill", "Account {account}: {amount} is open, to be paid by {due}. Online, at a kiosk or in any hall."),
    "zh-hans": Words("燃气账单提醒", "户号{account}：待缴{amount}，请于{due}前缴纳。可线上、自助终端或营业厅办理。"),
    "ru": Words("Счёт за газ", "Лицевой счёт {account}: к оплате {amount} до {due}. Через интернет, терминал или в любом зале."),
}


def announce(at: datetime) -> None:
    """One that went out yesterday, one that waits for its hour or for approval, a payment notice that is being written."""
    staff = {one.user.username: one for one in Staff.objects.select_related("user")}
    if "xia" not in staff:
        return
    xia, before = staff["xia"].user, at - timedelta(days=1)
    # One compound: what a demo announces to everybody would keep it busy for an hour.
    near = list(Territory.objects.filter(level=Territory.Level.COMPOUND).order_by("pk")[:1])
    hours = announcements.write_announcement(draft=Draft(texts=_HOURS, places=near, is_public=True), by=xia, at=before)
    with suppress(BadAnnouncement):
        announcements.schedule(announcement=hours, publish_at=None, by=xia, at=before)
    if hours.is_offered:
        announcements.approve(announcement=hours, by=staff["dan"].user, at=before)
    announcement_sending.release_due(at=before)
    vip = announcements.write_announcement(draft=Draft(texts=_VIP, segments=[Segment.VIP, Segment.KEY_ACCOUNT]), by=xia, at=at)
    # A hamlet may have no such customers: then it stays a draft.
    with suppress(BadAnnouncement):
        announcements.schedule(announcement=vip, publish_at=at + timedelta(days=3), by=xia, at=at)
    bills = Draft(texts=_BILLS, kind=AnnouncementKind.PAYMENT, condition="billing.owes_bill")
    announcements.write_announcement(draft=bills, by=xia, at=at)
