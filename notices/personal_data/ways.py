"""Addresses of e-mail, also spelled out against machines, names in messengers, and dates of birth."""

import re
from collections.abc import Iterator

from .found import Found
from .normal import Normal

_NAME = r"(?<![A-Za-z0-9А-Яа-яЁё._%+\-])[A-Za-z0-9А-Яа-яЁё](?:[A-Za-z0-9А-Яа-яЁё._%+\-]{0,62}[A-Za-z0-9А-Яа-яЁё_])?"
_DOT = r"(?:\.|\s\.\s|\s?[(\[{]\s?(?:dot|точка)\s?[)\]}]\s?|\s(?:dot|точка)\s)"
_SPELLED_DOT = r"(?:\s?[(\[{]\s?(?:dot|точка)\s?[)\]}]\s?|\s(?:dot|точка)\s)"
_PART = r"[A-Za-z0-9А-Яа-яЁё\-]{2,63}"
_EMAIL = re.compile(
    rf"(?P<name>{_NAME})(?:\s?(?:@|[(\[{{]\s?(?:at|собака|собачка|эт)\s?[)\]}}]|艾特)\s?|\s(?:собака|собачка)\s){_PART}(?:{_DOT}{_PART})+",
    re.IGNORECASE,
)
_EMAIL_SAID = re.compile(
    rf"(?P<name>{_NAME}(?:\s(?:dot|underscore)\s{_NAME})*)\sat\s{_PART}(?:{_SPELLED_DOT}{_PART})+\b(?!\sat\s)", re.IGNORECASE
)
#: Mailboxes of a house, which belong to no person.
_OFFICE = re.compile(
    r"(?:info|service|support|kefu|office|help|helpdesk|hotline|reception|press|no-?reply|contact|sales|admin|webmaster|postmaster|privacy|feedback"
    r"|complaints?|care|priem|gas|abon|client|customer\w*|fuwu|tousu|kontakt)[\w.\-]*",
    re.IGNORECASE,
)
_FOR_PERSONS = re.compile(
    r"@(?:qq|163|126|sina|foxmail|gmail|yahoo|hotmail|outlook|icloud|mail|yandex|ya|rambler|bk|list|inbox)\.", re.IGNORECASE
)
_MESSENGER = re.compile(
    r"(?:微信号?|wechat(?: id)?|weixin|telegram|телеграм\w*|телега|\btg\b|\bтг\b|\bвк\b|\bvk\b|vx|加v|qq号?|insta(?:gram)?|skype|line id|whatsapp)[\s:：@是为\-]{0,4}(?:id)?[\s:：@]{0,2}(?P<value>@?(?=[A-Za-z_\-]*\d|[a-z\d]*[_\-]|(?<=[:：@是为])|(?<=[:：@是为] ))[A-Za-z0-9][A-Za-z0-9_\-]{4,30})(?![A-Za-z])",
    re.IGNORECASE,
)
_MONTH = r"(?:январ|феврал|март|апрел|ма[йя]|июн|июл|август|сентябр|октябр|ноябр|декабр)[а-я]*|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_CHINESE_NUMBER = "[\\d〇零一二三四五六七八九十]"
_DATE = (
    rf"(?:\d{{4}} ?[年./\-] ?\d{{1,2}}(?: ?[月./\-] ?\d{{1,2}} ?日?|月)|{_CHINESE_NUMBER}{{2,4}}年{_CHINESE_NUMBER}{{1,3}}月(?:初?{_CHINESE_NUMBER}{{1,3}}[日号]?)?"
    rf"|\d{{1,2}}[./\-]\d{{1,2}}[./\-](?:\d{{4}}|\d{{2}})|\d{{1,2}}(?:st|nd|rd|th|-го)?[ \-](?:of )?(?:{_MONTH}),?[ \-]\d{{2,4}}|腊?[正一二三四五六七八九十冬腊]月初?[一二三四五六七八九十廿]{{1,3}}|(?:{_MONTH}) \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}}"
    rf"|(?:19|20)\d{{6}}|(?:19|20)\d\d ?年?)"
)
_BORN = re.compile(
    rf"(?:生日|出生日期|出生年月日?|出生于|出生|生于|生辰|诞生于|\bborn\b|date of birth|birth ?date|birthday|\bDOB\b|дат\w+ рожд\w*|д\.р\.|\bг\. ?р\.|\bb\.|y\.o\.b\.|year of birth|год\w* рождения|день рождения|родил\w+|рожд\w+|\bрод\.|\bд\. ?р\.)"
    rf"[\s:：是为,(（в\-]{{0,5}}(?:is|on|was|in|–|это|было|будет)?[\s:：]{{0,3}}(?P<value>{_DATE})",
    re.IGNORECASE,
)
_BORN_AFTER = re.compile(
    rf"(?P<value>{_DATE})\s?(?:г\.?|года|год)?\s?,?\s?(?:出生|生(?![产效成活])|生人|-?\s?(?:моя )?дата рожд\w*|is my birthday|my (?:birthday|date of birth)|г\. ?р\.|гр\b|года рожд\w*|рожд\w+|родил\w+|р\.)",
    re.IGNORECASE,
)


#: A day so long ago is a birthday, or that of a law.
_LONG_AGO = re.compile(
    r"(?<![\d.\-/№])(?P<value>(?:19[2-9]\d|200[0-8]) ?[./年\-] ?(?:0?[1-9]|1[0-2]) ?[./月\-] ?(?:[12]\d|3[01]|0?[1-9])日?|(?:[12]\d|3[01]|0?[1-9])\.(?:0[1-9]|1[0-2])\.(?:19[2-9]\d|200[0-8])|(?:[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)? (?:"
    + _MONTH
    + r") (?:19[2-8]\d))"
    r"(?!\d|[./\-]\d|\s?(?:г\.?|года)?\s?(?:№|N\b|начала|发布|施行|实施|起|通过|修订|颁布|版|建|安装|投产|通气|开通|введ))"
)
_OF_A_LAW = re.compile(
    r"(?:\bот|\bс|since|of|dated|from|法|条例|规定|标准|办法|令|修订|发布|自|закон\w*|ред\.|редакции|installed|built|установлен\w*|安装|开通|договор\w*|контракт\w*)[\s:：,(（]{0,3}$",
    re.IGNORECASE,
)
_BIRTHDAY = re.compile(
    rf"(?:день рождения|дн[яюе]м? рождения|birthday|生日)[\s:—\-是为在(]{{0,4}}(?:is|on|был[оа]?|будет|у \w+)?[\s:—\-]{{0,3}}(?P<value>\d{{1,2}}(?:st|nd|rd|th|-го)? (?:of )?(?:{_MONTH})|(?:{_MONTH}) \d{{1,2}}|\d{{1,2}}月\d{{1,2}}[日号])",
    re.IGNORECASE,
)


def find(plain: Normal) -> Iterator[Found]:
    """Where somebody can be written to, and when somebody was born."""
    text = plain.text
    for shape in (_EMAIL, _EMAIL_SAID):
        yield from (Found(match.start(), match.end(), "email") for match in shape.finditer(text) if not _is_an_office(match))
    for match in _MESSENGER.finditer(text):
        yield Found(*match.span("value"), "account")
    yield from _birthdays(text)


def _is_an_office(match: re.Match[str]) -> bool:
    """By what it is called, and not where people have their own."""
    return bool(_OFFICE.fullmatch(match["name"])) and not _FOR_PERSONS.search(match.group())


def _birthdays(text: str) -> Iterator[Found]:
    for match in _LONG_AGO.finditer(text):
        if not _OF_A_LAW.search(text[max(0, match.start() - 14) : match.start()]):
            yield Found(*match.span("value"), "date_of_birth")
    for shape in (_BORN, _BORN_AFTER, _BIRTHDAY):
        for match in shape.finditer(text):
            yield Found(*match.span("value"), "date_of_birth")
