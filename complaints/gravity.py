"""How grave a complaint is, and in which manner it is made, as far as rules can tell. Pure: people may judge otherwise afterwards.

Words are looked for in Chinese, Russian and English as they are written, in capitals or full width. A word too many costs a look of a
supervisor; a word too few leaves somebody who was hurt in a queue: so the lists are wide.
"""

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass

INJURY, MEDIA, REPEATED, OFFICIAL = "injury", "media", "repeated", "official"
CALM, RUDE, THREAT = "", "rude", "threat"

_HURT = re.compile(
    r"受伤|烧伤|烫伤|中毒|爆炸|住院|急诊|救护车|昏迷|晕倒|死亡|去世|窒息"
    r"|пострада|травм|ожог|обож[жг]|отрав|взрыв|взорвал|больниц|скор(?:ая|ую|ой) помощ|без сознания|погиб|умер\b|умерл"
    r"|\binjur|\bburn(?:t|ed|s)\b|\bpoison|\bexplo[ds]|\bhospital|\bambulance|\bunconscious|\bfainted|\bdied\b|\bdeath"
)
_PRESS = re.compile(
    r"记者|媒体|曝光|电视台|报社|抖音|微博|快手|小红书|朋友圈|上热搜|网上发"
    r"|журналист|телевиден|телеканал|газет|в сми\b|прессе|пресса|блогер|вконтакте|выложу|опубликую"
    r"|\bjournalist|\breporter|\btv station|\bnewspaper|\bthe press\b|\bin the media\b|\bon tiktok|\bpost(?:ed)? it online|\bgo viral"
)
_THREAT = re.compile(
    r"打死|弄死|杀了|杀死|砍死|砍人|捅死|放火|炸了你|炸掉|烧了你|不得好死|等着瞧|走着瞧|要你的?命|同归于尽"
    r"|убью|убьём|убить вас|прирежу|зарежу|взорву|подожгу|сожгу|пожалеете|покалечу|переломаю|найду вас"
    r"|\bkill (?:you|him|her|them)\b|\bburn (?:it|you|the office) down\b|\bblow (?:it|you) up\b|\byou will regret\b"
    r"|\bbreak (?:your|his|her) (?:legs|arms|neck)\b"
)
_INSULT = re.compile(
    r"他妈|妈的|傻[逼屄bB]|王八蛋|混蛋|滚蛋|狗日|畜生|废物|不要脸|去死|脑残"
    r"|сволоч|подонк|ублюд|твар[ьи]\b|идиот|дебил|козл|скотин|мраз[ьи]|дура[кч]|сука\b|суки\b|хрен"
    r"|\bidiot|\bmoron|\bbastard|\bscum|\bassholes?\b|\bfuck|\bshit\b|\bstupid (?:cow|pig|fool)"
)


@dataclass(frozen=True)
class Verdict:
    """``major_why``: why it is handled at once, empty for an ordinary one; ``manner``: how it is said."""

    major_why: str
    manner: str


def judge(text: str, *, is_official: bool, earlier: int, counts: Collection[str], repeated_from: int) -> Verdict:
    """The verdict of the rules.

    ``earlier``: complaints about the same matter before this one; ``counts``: which of INJURY, MEDIA, REPEATED and OFFICIAL make a
    complaint major at this company; ``repeated_from``: the how manieth about the same matter is a repeated one.
    """
    words = tidy(text)
    found = {
        INJURY: bool(_HURT.search(words)),
        OFFICIAL: is_official,
        REPEATED: earlier + 1 >= repeated_from,
        MEDIA: bool(_PRESS.search(words)),
    }
    why = next((why for why, is_so in found.items() if is_so and why in counts), "")
    return Verdict(why, _manner(words))


def tidy(text: str) -> str:
    """One way of writing: no full width, no capitals, nothing invisible between the letters."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return "".join(mark for mark in plain if unicodedata.category(mark) != "Cf")


def says_something(text: str) -> bool:
    """Whether there are words in it, and not only signs, smileys and blanks."""
    return any(mark.isalnum() for mark in tidy(text))


def says_enough(text: str, *, is_review: bool) -> bool:
    """A review may be one smiley, if only it is seen; what wants an answer has words."""
    return says_something(text) or (is_review and any(unicodedata.category(mark)[0] not in "CZ" for mark in text))


def _manner(words: str) -> str:
    if _THREAT.search(words):
        return THREAT
    return RUDE if _INSULT.search(words) else CALM
