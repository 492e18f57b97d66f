"""English addresses as people tell them: cottages, shops, doors, moorings, care of somebody, with other names of streets.

Each shape asks for a number, or for the name of a house beside that of a place.
"""

import re

_W = r"[A-Z][A-Za-z'’]+"
_STREET = r"(?:Street|St\.?|Road|Rd\.?|Avenue|Ave\.?|Lane|Ln\.?|Drive|Yard|Steps|Alley|Passage|Close|Court|Row|Way|Wharf|Walk|Mews|Gate|Cross|Hill|Bank|Quay|Side|Bridge|End|Bypass|Track|Layby|Crossing)"
_PLACE = r"(?:Estate|Colony|Village|Nagar|Park|Farm|Side|Market|Bazaar|Arcade|Compound|Quay|Marina|Basin|Layout|Extension|Enclave)"
_HOUSE = r"(?:Cottage|Lodge|House|Barn|Villa|Hall|Farm|Farmhouse|Mill|Manor|Rectory|Vicarage|Bungalow|Chalet|Cabin|Hut)"
_TAIL = r"(?:,\s(?:(?:first|second|third|fourth|ground|top|\d(?:st|nd|rd|th))\sfloor|(?i:back|front|rear|side)\s(?i:room|entrance|door|flat)|[A-Z][a-z]+(?:\s[A-Z][a-z]+)?(?:\s(?:Road|Street|Lane|Colony|Estate))?)){0,3}"

SHAPES = tuple(
    re.compile(shape)
    for shape in (
        # 46 Cooper's Yard, 8 Ferry Steps, No. 6 Temple Alley, first floor, back room
        rf"(?<![A-Za-z\d.,/\-])(?:No\.?\s|Number\s)?\d{{1,4}}[A-Za-z]?,?\s(?:{_W}\s){{1,3}}{_STREET}(?![A-Za-z]){_TAIL}",
        # c/o Bakery, 61 Mill St., Rear entrance
        rf"(?i:c/o|care of)\s(?:{_W}[\s,]{{1,2}}){{1,4}}\d{{1,4}}[a-z]?\s(?:{_W}\s?){{1,3}}\.?{_TAIL}",
        # Keeper's Cottage, Ashcombe Estate
        rf"(?<![A-Za-z])(?:{_W}\s){{1,2}}{_HOUSE},\s(?:{_W}\s){{1,2}}(?:{_PLACE}|{_STREET})(?![A-Za-z])",
        # Hangar Cottage 3
        rf"(?<![A-Za-z])(?:{_W}\s){{1,2}}(?:Cottage|Lodge|Barn|Villa|Bungalow|Chalet|Cabin|Hut)s?\s(?:No\.?\s)?\d{{1,3}}[A-Za-z]?(?![\d.,]\d)",
        # SHOP 5 NEW MARKET; stall 14, Fish Market
        rf"(?i:(?<![a-z])(?:shop|stall|kiosk|plot|lot|booth|godown|garage|pitch)\s(?:no\.?\s)?\d{{1,4}}[a-z]?)[\s,]{{1,2}}(?:{_W}\s){{1,3}}(?i:{_PLACE}|{_STREET})(?![A-Za-z])",
        # the blue houseboat, mooring 12, Canal Side
        rf"(?:(?<![A-Za-z])(?i:the\s)?(?:[a-z]{{1,20}}\s)?(?i:houseboat|narrowboat|boat|caravan)[\s,]{{1,2}})?(?i:mooring|berth|pitch|plot)\s(?:(?i:no)\.?\s)?\d{{1,3}}(?:,\s(?:{_W}\s?){{1,3}})?",
        # Door No. 4/417, 2nd Cross, Lotus Colony
        rf"(?i:door|house|flat|plot|quarter)\s?(?i:no)\.?\s?\d{{1,4}}(?:[/\-]\d{{1,4}}){{0,2}}(?:,\s(?:\d{{1,2}}(?:st|nd|rd|th)\s)?(?:{_W}\s?){{1,3}}){{1,3}}",
        # "P. Lindqvist 14 Elm": a number and one name behind somebody's
        rf"(?<=[A-Z]\.\s)(?:{_W})\s\d{{1,4}}[A-Za-z]?\s{_W}(?=[\"”'’,.;)]|$)",
    )
)
