"""Chinese addresses that lead to a door or a house: 河南省郑州市金水区花园路12号院3号楼2单元501室, and parts of it.

A street or a quarter alone is nobody's: "人民路停气" stays. Halls and offices of the company are public.
"""

import re
from collections.abc import Iterator

from .found import Found
from .normal import Normal

_N = r"(?:\d{1,5}|[A-Za-z]\d{0,4}|[〇零一二三四五六七八九十百两]{1,5}|[东西南北中甲乙丙丁])"
_TAIL = rf"(?:{_N}(?:[-之]\d{{1,4}})?[ ]?(?:号院|号楼|号门|号|栋|幢|座|楼|单元|巷|弄|门|层|室|户|房|弄|组|排|#)[ ]?|[东西南北中]?(?:户|院|门)[ ]?|(?<=[号楼栋幢座元])[ ]?\d{{2,4}}[室户]?[ ]?|[ ,、]{{0,1}}\d{{1,3}}-\d{{1,2}}-\d{{2,4}}[室户]?|之[ ]?\d{{1,3}})"
_MARK = (
    r"(?:大道|大街|胡同|公路|路|街|道|巷|弄|里|段|村|镇|乡|屯|社区|街道|组|小区|花园|家园|公寓|新村|新城|名都|名苑|名城|华庭|家属院|大院|宿舍|国际|广场|大厦|苑|园|府|庭|城|居|湾|郡|邸|坊|轩|阁|庄|墅|邨|院)"
    r"[ ]?(?:[一二三四五六七八九十东西南北ABCD\d]{1,2}(?:期|区|苑|园|段)|段)?(?:[路街][东西南北])?(?:[东西南北]侧)?"
)
#: No part of it can be read in two ways, so that no text takes long.
_WHOLE = re.compile(rf"[一-鿿A-Za-z]{{1,26}}{_MARK}[ ]?[ ,，]?(?:{_TAIL}){{1,6}}(?:[一-鿿]{{1,8}}{_MARK}[ ]?(?:{_TAIL}){{1,6}})?")
_FIRST_MARK = re.compile(r"省|自治区|市|区|县|镇|乡|村|路|街|道|巷|里|小区|花园|家园|苑|园|府|庭|城|庄")
#: Without a name of a street, where it is narrow enough: 3号楼2单元501, 5栋1203室.
_INSIDE = re.compile(
    rf"{_N}[ ]?(?:号楼|栋|幢|座|号院)[ ]?(?:{_TAIL}){{1,4}}|{_N}[ ]?单元[ ]?(?:{_TAIL}){{1,3}}|(?<![\dA-Za-z\-])\d{{1,2}}-\d{{1,2}}-\d{{3,4}}(?![\d\-])(?:室|户)?|(?<!\d)\d{{3,4}}室(?!内)"
)
#: Between the name of a street and the number something may stand: 团结南路汇嘉时代负一层B108, 幸福路夜市东口3号摊位.
_LANDMARK = re.compile(
    r"(?=[^\d。\n]{0,26}(?:\d|[第负甲乙丙丁单][一二三四五六七八九十\d元]|[A-Z]))[一-鿿]{1,12}(?:大道|大街|胡同|路|街|巷|弄|村|镇|乡|屯|寨|庄|社区|小区|花园|家园|公寓|苑|园|湾|城|新村|广场|大厦|口|条|里|坊)(?:[东西南北中]段)?[一-鿿]{0,2}[^停修施检有在的了是将于至和与及为因被把说给来去要不没按，。、\d\s]{0,8}?"
    r"(?:负[一二三\d]层[ ]?[A-Za-z]?\d{0,4}|[ ]?[A-Z]座?[-]?\d{2,4}[室号]?|[ ]?[A-Z]-\d{1,4}|[甲乙丙丁附]?\d{1,4}号(?:附\d{1,3}号?|之[一二三四五六七八九十\d]{1,2})?(?:摊位?|铺|院|楼|门面|舍|平房)?(?:[A-Za-z]?\d{2,4}[室房]?)?|第[一二三四五六七八九十\d]{1,2}[排栋幢][东西]?(?:头)?第?[一二三四五六七八九十\d]{1,2}[家户号]|\d{1,2}-\d{3,4}(?![\d\-])|第?[一二三四五六七八九十\d]{1,2}[排栋](?:[东西中]头?)?(?:第[一二三四五六七八九十\d]{1,2})?[东西]?[家户]|(?:东|西|中|[一二三四五六七八九十\d]{1,2})单元[一二三四五六七八九十\d]{1,3}楼?[东西中]?[户室]|\d{1,3}[ ]?[排栋幢座#][ ]?\d{1,4}[号室户]?)"
    r"(?!线|文|令|公告|通知|工单|表|阀|井|站|调压|管)"
)
_UNIT_SHORT = re.compile(r"(?<![\d\-])\d{1,2}-\d{1,2}-\d{3,4}(?![\d\-])|(?<!\d)\d{1,3}#(?:-?\d{1,4}){1,3}")
#: Marks of a name of a street or a place.
_LONGEST_NAME = 6
#: What stands before an address and is none of it.
_LEAD = re.compile(
    r"^.*?(?:(?:先生|女士|同学|师傅|阿姨|大爷|大妈)(?:家住?|住|的)?|称|反映|地址|住址|家住|住在|住于|居住在|居住于|位于|坐落于|坐落在|座落在|搬到|搬至|搬去|送到|寄到|寄往|来到|去到|前往|赶到|赶往|到达|到了|上门到|地点|就在|家在|我在|他在|她在|我是|您在|户在|我住|他住|她住|现住|是住|租住|租住在|都在|在|住|到|是|往|为|至|由|从|去|回|给|对|向|派)[:是为于在,]?"
)
_CORNER = re.compile(
    r"[一-鿿]{2,7}[路街巷][与和、及][一-鿿]{2,8}(?:交叉口|路口|交汇处|街口|路)(?:[一-鿿]{0,6}\d{0,4}米?[一-鿿]{0,4}?)\d{1,4}号"
)
_VILLAGE = re.compile(
    r"[一-鿿]{2,8}?(?:村|镇|屯|庄|堡|寨|营|店)(?:[东西南北村]{0,2}[头侧边口首])?(?:第)?(?:[\d一二三四五六七八九十]{1,3}(?:排|组|队|社|巷|街))+[ ]?\d{1,4}(?:号|户)"
)
#: 大官庄村委南50米路东第二家; 永嘉路弄堂里的387弄6号303室; 一号公馆27幢; 水岸豪庭3幢1单元.
_TOLD = (
    re.compile(
        r"[一-鿿]{2,12}(?:村|庄|屯|寨)(?:委会?|口|部|头)?[东西南北]{0,2}(?:侧|边|头)?\d{0,4}米?(?:路|桥|河|沟|街)?[东西南北](?:侧|边|头)?第[一二三四五六七八九十\d]{1,3}[家户]"
    ),
    re.compile(r"[一-鿿]{2,14}(?:路|街|巷)(?:[一-鿿]{1,4}的)\d{1,4}[弄号](?:\d{1,3}号)?(?:\d{1,3}[幢栋楼])?(?:\d{2,4}室)?"),
    re.compile(
        r"[一-鿿]{1,8}(?:公馆|豪庭|豪园|名邸|雅苑|雅居|庄园|山庄|水岸|半岛|首府|华府|御府|尚城|世家|天下|一品|壹号|印象|时代|港湾)[ ]?\d{1,3}[ ]?(?:号楼|[幢栋座])(?:\d{1,2}单元)?(?:\d{2,4}室?)?"
    ),
)
_TRADITIONAL = str.maketrans("號樓層區縣鎮鄉園華門單莊裏廣國東棟戶灣衚衕麗陽馬", "号楼层区县镇乡园华门单庄里广国东栋户湾胡同丽阳马")
_PUBLIC = re.compile(r"营业厅|服务厅|客户服务|服务中心|网点|办事处|公司地址|自助终端|办理大厅|政务|营业")
_NOT_A_PLACE = re.compile(r"^(?:[^省市区县路街]*(?:管道|通道|渠道|知道|报道|难道|味道|门路|线路|电路|回路|思路|一路|半路)[^路街]*$)")


def find(plain: Normal) -> Iterator[Found]:
    """Addresses with a house, a door or a flat."""
    text = plain.text.translate(_TRADITIONAL)
    for match in _WHOLE.finditer(text):
        start = match.start() + _lead(match.group())
        if _is_a_door(text, start, match.end()):
            yield Found(start, _trimmed(text, start, match.end()), "address")
    for match in _LANDMARK.finditer(text):
        start = match.start() + _lead(match.group())
        if _is_a_door(text, start, match.end()):
            yield Found(start, _trimmed(text, start, match.end()), "address")
    for shape in (_INSIDE, _UNIT_SHORT, _CORNER, _VILLAGE, *_TOLD):
        for match in shape.finditer(text):
            yield Found(match.start(), _trimmed(text, match.start(), match.end()), "address")


def _lead(words: str) -> int:
    """How much of the beginning is a sentence that leads to the address."""
    lead = _LEAD.match(words)
    rest = words[lead.end() :] if lead else ""
    cut = lead.end() if lead and re.match(r"[一-鿿A-Za-z]{2,}.*\d|[一-鿿]{2,}", rest) else 0
    mark = _FIRST_MARK.search(words, cut)
    return max(cut, mark.start() - _LONGEST_NAME) if mark else cut


def _trimmed(text: str, start: int, end: int) -> int:
    return start + len(text[start:end].rstrip(" ,，"))


def _is_a_door(text: str, start: int, end: int) -> bool:
    words = text[start:end]
    if not re.search(r"[\d〇零一二三四五六七八九十百两A-Z]", words) or _NOT_A_PLACE.search(words):
        return False
    if re.search(r"(?:第|文件|通知|规定|条例|公告|标准|令)[\d〇零一二三四五六七八九十百两]{1,5}号$", words):
        return False
    if re.search(r"DN ?\d|管径|口径", words):
        return False
    is_a_flat = bool(re.search(r"室|单元|户$|\d-\d", words))
    around = text[max(0, start - 9) : start] + text[end : end + 7]
    return is_a_flat or not _PUBLIC.search(around)
