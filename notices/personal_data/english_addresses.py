"""English addresses, and Chinese and Russian ones in Latin letters: Flat 5, 27 Baker Street; Room 501, Unit 2, Building 3, Kaiyuan Mingdu."""

import re
from collections.abc import Iterator

from .found import Found
from .normal import Normal

_C = r"(?:[A-Z][A-Za-z'’]*\.?|\d{1,2}(?:st|nd|rd|th))"
_W = r"(?:[A-Z][A-Za-z'’]*|\d{1,2}(?:st|nd|rd|th))"
_STREET = (
    r"(?:Street|St\.?|Road|Rd\.?|Avenue|Ave\.?|Lane|Ln\.?|Drive|Dr\.?|Boulevard|Blvd\.?|Court|Ct\.?|Place|Pl\.?|Square|Sq\.?|Close|Crescent|Terrace|Way|Alley|Highway|Row|Gardens?|Grove|Walk|Mews|Hill|Parade|View|Rise|Quay|Wharf|Green|Path|Circle|Parkway|Farm|Apartments|Mansions|Heights|Villas?|Cottages?|Park"
    r"|Lu|Jie|Dadao|Xiang|Hutong|ulitsa|ul\.?|prospekt|Prospect)"
)
_INNER = r"(?:Flat|Apt\.?|Apartment|Unit|Room|Rm\.?|Suite|Ste\.?|Floor|Door|Building|Bldg\.?|Block|Blk\.?|Tower|House|Entrance|Gate|kv\.?|korp\.?|d\.)"
_ONE = rf"(?i:{_INNER})\s?(?:No\.?|number|#)?\s?[A-Z]?-?\d{{1,4}}(?:-\d{{1,4}})*[A-Za-z]?\b"
_INNERS = rf"(?:{_ONE}(?:\s?,?\s(?:and |of |in )?{_ONE})*)"
_SEP = r"\s?,?\s?(?:of |in |at |on )?"
_NUMBERED = r"(?:No\.?\s?|number\s)?\d{1,5}[A-Za-z]?(?:[/\-]\d{1,4})?"
_TOWN = rf"(?:,\s(?:{_W}(?:\s{_W}){{0,2}})(?:\s(?:District|City|Province|County|Oblast|Region))?(?:\s\d{{5,6}})?){{0,3}}"
_NAMES = rf"(?:{_W}\s){{0,3}}{_W}"
_SHAPES = tuple(
    re.compile(shape)
    for shape in (
        rf"(?:{_INNERS}{_SEP}|(?<![A-Za-z])(?:{_W}\s){{0,2}}(?:Farm|House|Cottage|Lodge|Hall|Court|Mansions?|Villa),\s)?(?<![A-Za-z\d]){_NUMBERED},?\s(?:{_C}\s){{1,4}}{_STREET}(?![a-z])(?:,?\s{_INNERS})?{_TOWN}",
        rf"(?<![A-Za-z\d])(?:{_C}\s){{1,4}}{_STREET}(?![a-z]),?\s(?:{_NUMBERED}(?![\d.:]|\s?(?:m3|yuan|years|days|hours|minutes|cubic))|{_INNERS})(?:,?\s{_INNERS})?{_TOWN}",
        rf"{_INNERS}\s?,\s?(?:of |in |at )?{_NAMES}(?:\s(?:Estate|Community|Garden|Gardens|Residence|Village|Compound|Court))?{_TOWN}",
        rf"(?<![A-Za-z\d]){_NAMES}(?:\s(?:Estate|Community|Garden|Gardens|Residence|Residential|Village|Compound|Court|Complex))?,?\s{_INNERS}",
        rf"{_INNERS}(?:\s?,?\s{_INNERS})+",
        rf"(?<![A-Za-z]){_NAMES}(?:\s(?:Phase|Area|Block|Zone)\s[A-Z\d]{{1,2}})?,?\s\d{{1,3}}-\d{{1,3}}(?:-\d{{1,4}})+",
        r"(?i:\b(?:flat|apt\.?|apartment)\s?(?:no\.?|number|#)?\s?\d{1,4}[A-Za-z]?\b)",
        rf"(?i:\b(?:ul\.|ulitsa|prospekt))\s{_NAMES},?\s(?:d\.?\s?|dom\s)?\d{{1,4}}(?:,?\s(?:kv\.?|korp\.?)\s?\d{{1,4}})*",
        r"(?i:\b(?:room|rm\.?|unit)\s?\d{3,4}\b)",
    )
)
_PUBLIC = re.compile(
    r"(?:service hall|hall|office|customer (?:service )?cent(?:re|er)|branch|counter|kiosk|station|headquarters)\s(?:is |are |at |on |in |located |of |the )*$",
    re.IGNORECASE,
)
#: Words with a capital that no street begins with.
_LEAD = re.compile(
    r"^(?:(?:The|In|At|On|My|Our|Please|Dear|From|To|I|We|Is|He|She|Address|And|For|Home|Live|Lives|Living|Since|When|After|Near|Of|By|This|That|It|Your|Their)\s)+"
)


def find(plain: Normal) -> Iterator[Found]:
    """Addresses with a house, a flat or a room."""
    text = plain.text
    for shape in _SHAPES:
        for match in shape.finditer(text):
            lead = _LEAD.match(match.group())
            start = match.start() + (lead.end() if lead else 0)
            end = match.start() + len(match.group().rstrip(" ,."))
            if start < end and not _PUBLIC.search(text[max(0, start - 40) : start]):
                yield Found(start, end, "address")
