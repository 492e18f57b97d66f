"""English addresses, and Chinese and Russian ones in Latin letters: Flat 5, 27 Baker Street; Room 501, Unit 2, Building 3, Kaiyuan Mingdu."""

import re
from collections.abc import Iterator

from .english_addresses_said import SHAPES as MORE
from .found import Found
from .normal import Normal

_C = r"(?:[A-Z][A-Za-z'’]*\.?|\d{1,2}(?:st|nd|rd|th))"
_W = r"(?:[A-Z][A-Za-z'’]*|\d{1,2}(?:st|nd|rd|th))"
_STREET = (
    r"(?:Street|St\.?|Road|Rd\.?|Avenue|Ave\.?|Lane|Ln\.?|Drive|Dr\.?|Boulevard|Blvd\.?|Court|Ct\.?|Place|Pl\.?|Square|Sq\.?|Close|Crescent|Terrace|Way|Alley|Highway|Row|Gardens?|Grove|Walk|Mews|Hill|Parade|View|Rise|Quay|Wharf|Green|Path|Circle|Parkway|Farm|Apartments|Mansions|Heights|Villas?|Cottages?|Park"
    r"|Lu|Jie|Dadao|Xiang|Hutong|ulitsa|ul\.?|prospekt|Prospect)"
)
_INNER = r"(?:Flat|Apt\.?|Apartment|Unit|Room|Rm\.?|Suite|Ste\.?|Floor|Door|Building|Bldg\.?|Block|Blk\.?|Tower|House|Entrance|Gate|kv\.?|korp\.?|d\.)"
_ONE = rf"(?i:{_INNER})\s?(?:(?:No\.?|number|#)\s?)?[A-Z]?-?\d{{1,4}}(?:-\d{{1,4}}){{0,4}}[A-Za-z]?\b"
_INNERS = rf"(?:{_ONE}(?:\s?,?\s(?:and |of |in )?{_ONE}){{0,5}})"
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
        rf"{_ONE}(?:\s?,?\s(?:and |of |in )?{_ONE}){{1,6}}",
        rf"(?<![A-Za-z]){_NAMES}(?:\s(?:Phase|Area|Block|Zone)\s[A-Z\d]{{1,2}})?,?\s\d{{1,3}}-\d{{1,3}}(?:-\d{{1,4}})+",
        r"(?i:\b(?:flat|apt\.?|apartment)\s?(?:no\.?|number|#)?\s?\d{1,4}[A-Za-z]?\b)",
        rf"(?i:\b(?:ul\.|ulitsa|prospekt))\s{_NAMES},?\s(?:d\.?\s?|dom\s)?\d{{1,4}}(?:,?\s(?:kv\.?|korp\.?)\s?\d{{1,4}})*",
        r"(?i:\b(?:room|rm\.?|unit)\s?\d{3,4}\b)",
    )
)
_SMALL_STREET = r"(?:street|st|road|rd|avenue|ave|lane|drive|gardens?|close|court|terrace|crescent|square|place|boulevard|blvd|mews|grove|hill|way|row|lu|jie)"
_SMALL_WORD = r"(?!(?:the|a|an|of|on|in|down|up|along|my|this|our|your|to|by|at|for|and|or|meters?|metres?|minutes?|min|days?|hours?|years?|km|miles?|people|houses|cars|yuan|from|is|was|any|per|no|each|every|same|main|wrong|right|left|long)\b)[a-z'’]+"
#: In small letters, and what is written in other orders.
_SAID = (
    *tuple(
        re.compile(shape, re.IGNORECASE)
        for shape in (
            rf"(?:(?<![a-z])(?:flat|apt\.?|apartment|unit|room|rm)\s?(?:no\.?\s?)?[a-z]?\d{{1,4}}[a-z]?[\s,]{{1,2}})?(?<![\w.,\-/])\d{{1,5}}[a-z]?,?\s(?:{_SMALL_WORD}\s){{1,2}}{_SMALL_STREET}(?![a-z])(?:[\s,]{{1,2}}(?:flat|apt\.?|apartment|unit|room)\s?\d{{1,4}}[a-z]?)?",
            r"(?<![a-z])(?:po box|p\.o\. box)\s\d{1,6}(?:,\s[^.\n]{3,40}?(?:street|road|village|town))?",
            r"(?<![a-z])house\s(?:no\.?|number|#)?\s?\d{1,4}[a-z]?,?\s(?:in|of|at)\s[a-z]+(?:\s[a-z]+)?\s(?:village|town|hamlet|compound|estate)(?:,\s(?:first|second|third|fourth|\d{1,2}(?:st|nd|rd|th))\srow)?",
            r"(?<![\w.,\-/])\d{1,4}(?:\s?(?:bis|ter))?,?\s(?:rue|avenue|av\.|boulevard|place|via|viale|piazza|calle|avenida|rua|plaza|ulica|ul\.)\s(?:(?:de|du|des|la|le|del|della|di|da|dos|los|las)\s){0,2}[a-z'’\-]+(?:\s[a-z'’\-]+)?(?:,\s\d(?:st|nd|rd|th)\sfloor(?:\s(?:left|right))?)?",
            r"(?<![a-z])(?:\d{1,2}(?:st|nd|rd|th)|ground|first|second|third|fourth|fifth|sixth|top)\sfloor,?\s(?:(?:left|right|east|west|north|south|middle)\s(?:door|side|flat),?\s)?(?:building|block|tower|bldg\.?|unit|entrance|flat|door|apt\.?)\s?[a-z]?\d{1,3}(?:,\s(?:unit|entrance|building|block)\s\d{1,3}){0,2}(?:,\s[a-z]+(?:\s[a-z]+)?)?",
        )
    ),
    re.compile(
        r"(?<![A-Za-z])(?:The\s)?(?:[A-Z][a-z]+\s){1,2}(?:Rectory|Cottage|Lodge|Farm|House|Vicarage|Barn|Mill|Manor|Villa|Farmhouse),\s(?:[A-Z][a-z]+\s){1,2}(?:Lane|Road|Street|Avenue|Drive|Hill|Green|Close)(?:,\s[A-Z][a-z]+(?:\s[A-Z][a-z]+){0,2})?"
    ),
    re.compile(
        r"(?<![A-Za-z\d])[A-Z]?\d{1,3}(?:-\d{1,3}){1,2}-\d{2,4},?\s[A-Z][a-z]+(?:\s[A-Z][a-z]+){0,3}(?:,\s[A-Z][a-z]+\s(?:Road|Street|Lu|Avenue))?"
    ),
)
_PUBLIC = re.compile(
    r"(?:service hall|hall|office|customer (?:service )?cent(?:re|er)|branch|counter|kiosk|station|headquarters)\s(?:is |are |at |on |in |located |of |the )*$",
    re.IGNORECASE,
)
#: Words with a capital that no street begins with.
_NO_PLACE = re.compile(r"(?:Order|Contract|Invoice|Ticket|Ref|Reference|Case|Permit|Tender|Decree|Article|Clause)\b")
_LEAD = re.compile(
    r"^(?:(?:The|In|At|On|My|Our|Please|Dear|From|To|I|We|Is|He|She|Address|And|For|Home|Live|Lives|Living|Since|When|After|Near|Of|By|This|That|It|Your|Their)\s)+"
)


def find(plain: Normal) -> Iterator[Found]:
    """Addresses with a house, a flat or a room."""
    text = plain.text
    for shape in (*_SHAPES, *_SAID, *MORE):
        for match in shape.finditer(text):
            lead = _LEAD.match(match.group())
            start = match.start() + (lead.end() if lead else 0)
            end = match.start() + len(match.group().rstrip(" ,."))
            if start < end and not _NO_PLACE.match(text, start) and not _PUBLIC.search(text[max(0, start - 40) : start]):
                yield Found(start, end, "address")
