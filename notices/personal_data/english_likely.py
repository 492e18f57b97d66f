"""Names in Latin letters from anywhere: by lists of names, by not being English, and by what somebody does."""

import re
from collections.abc import Iterator

from .english_dictionary import is_first, is_nobodys, is_ordinary, is_surname
from .english_words import CHINESE_SURNAMES, NO_NAME, SYLLABLE, WORDS
from .found import Found

_W = r"[A-Z](?:[a-z]+|['’][A-Z][a-z]+)(?:-[A-Z]?[a-z]+)*"
_TOKEN = re.compile(rf"(?<![A-Za-z\d@._/#\-])(?:{_W}|(?:Mc|Mac|De|Di|La|Le|O['’])[A-Z][a-z]+)(?![A-Za-z\d@_])")
#: In small letters, as people type who have no time.
_SMALL_SAID = re.compile(
    r"(?<![A-Za-z])(?:my name(?:'s| is)|this is|i am|i'm|name:|ask for|spoke (?:to|with)|neighbou?r|husband|wife|son|daughter|friend|mum|dad)\s(?P<name>[a-z]{3,}(?:\s[a-z]{3,}|\s[a-z]\.)?)(?![a-z@\d])"
)
_SMALL = re.compile(r"(?<![A-Za-z\d@._/+\-])[a-z]{4,}(?![A-Za-z\d@_]|\.[a-z]|-)")
_BETWEEN = re.compile(
    r"\s(?:(?:van|von|der|den|de|da|dos|del|di|la|el|al|ap|ab|bin|ibn|bint|e|y|ter|ten)[\s\-]){0,2}(?:al-|el-)?(?:[A-Z]\.\s?)?|-al-"
)
#: Behind a name that stands alone, and before it.
_DOES = re.compile(
    r"(?:['’]s\s[a-z]+|\s(?:(?:also|then|never|has|had|just|still|again)\s)?(?:said|says|told|came|come|wrote|called|rang|signed|promised|phoned|lives?|lived|paid|refused|complained|asked|answered|fixed|dropped|visited|replied|knows?|works?|worked|is my|was (?:polite|rude|lovely|kind|helpful|drunk|late|great|here|nice|very|so)|left|took|brought|didn't|hasn't|hung|helped|wants|explained|translated|owns|rents|shares?))(?![a-z])"
)
_DONE = re.compile(
    r"(?:[Ss]poke (?:to|with)|[Tt]old|[Aa]sked|[Tt]hank(?:s|ful)?(?: you)?(?: to| so much)?|[Mm]et|[Aa]sk for|[Cc]all(?:ed)?|[Cc]heers,?|[Rr]egards,?|[Ww]ishes,?|[Tt]hanks!*(?:\s--)?|--|[Ll]ove,|[Ss]incerely,?|[Yy]ours,|[Pp]er|[Aa]gainst|[Nn]amed|[Cc]alled|[Ss]igned,?|[Ii]nspector|[Oo]perator|[Pp]lumber|[Ff]itter|[Ee]ngineer|[Tt]enant|[Ww]idow|[Ff]rom|[Aa]nd|[Ww]ith|&|[Cc]aretaker|[Ff]lat ?mate|[Bb]oyfriend|[Gg]irlfriend|[Gg]uard|[Bb]est,|[Nn]eighbou?r|[Hh]usband|[Ww]ife|[Ss]on|[Dd]aughter|[Mm]um|[Dd]ad|[Mm]other|[Ff]ather|[Ff]riend|[Ll]andlord|[Ll]andlady|[Hh]i|[Hh]ello|[Hh]ey|[Dd]ear|[Cc]c:|[Mm]rs?|[Mm]s)\s$"
)
_FROM = re.compile(
    r"\s(?:from|at|in) (?:the )?(?:billing|reception|desk|accounts|support|customer|call|hall|service|office|counter|number|flat)"
)
_FAMILIAR = re.compile(
    rf"(?<![A-Za-z])(?:Xiao|Lao|Old|Big|Little|Young|Auntie|Aunty|Uncle|Aunt|Master|Grandma|Grandpa|Granny|Nana|Shifu|Comrade|Captain|Teacher|Baba|Dyadya|Tyotya|Brother|Sister|Mama|Papa)\s(?P<name>{_W})(?:\s(?P<more>{_W}))?(?![A-Za-z])"
)
_PLACE_AFTER = re.compile(
    r"\s(?:[A-Z][a-z]+\s)?(?:and\s\w+\s)?(?:offices|branches|Road|Rd|Street|St\b|Avenue|Ave|Lane|Drive|Square|Park|District|City|County|Province|Station|Hall|Office|Cent(?:er|re)|Company|Co\b|Ltd|Inc|Group|Bank|School|Hospital|University|College|Hotel|Building|Tower|Plaza|Gardens?|Community|Estate|Village|Town|Region|Lu\b|Jie\b|Dadao|Bridge|Lake|River|Mountain|Airport|Museum|Market|Mall"
    r"|Prospekt|Gas\b|Boulevard|Crescent|Residential|Compound|Court|House|Mansions?|Heights|Terrace|Close|line\b|Line\b|Row|boilers?|heaters?|stoves?|readings?|units?|thermostat|valves?|meters?|report|\d|[A-Z]{2,}|[A-Z]-?\d|law\b|['’]s [Ll]aw)|-\d"
)
_PLACE_BEFORE = re.compile(
    r"(?:ul\.|ulitsa|prospekt|[Cc]ity of|[Tt]own of|[Ss]treet|Saint|St\.?|Lake|Mount|Port|New|[Ii]n|[Aa]t|[Nn]ear|Queen|King|Prince|Princess|\d|House|brand|model|[Tt]he|\b[Aa]n?)\s$"
)
_PINYIN = re.compile(rf"{SYLLABLE}(?:[-']?{SYLLABLE})?", re.IGNORECASE)
_IRISH = re.compile(r"O['’][A-Z][a-z]+|Ma?c[A-Z][a-z]{2,}")
_ARAB = re.compile(
    r"(?<![A-Za-z])(?:[A-Z][a-z]+(?:-[A-Z][a-z]+)?\s)?(?:[Aa]l|[Ee]l|[Aa]bu|[Ii]bn|[Bb]in)[\-\s](?!Qaeda)[A-Z][a-z]{2,}(?![A-Za-z])"
)
#: Somebody called as a street is: Chen Jie at reception.
_CALLED_LU = re.compile(
    r"\s(?:Jie|Lu)(?=\s(?:at|from|in the|gave|said|told|is|was|has|did|came|never|and|called|wrote|who)\b|['’]s|[,;:]\s[a-z])"
)
_LONE_ENDING = re.compile(r"[A-Z][a-z]{2,}(?:ovich|evich|ovna|evna|[eo]v|[eo]va|enko|shvili|idze|adze|skaya|sky|skiy|ich)")


def find(text: str) -> Iterator[Found]:
    """Names of two or more words; names alone where they are nothing else, or where somebody does something."""
    last = -1
    for token in _TOKEN.finditer(text):
        if token.start() < last:
            continue
        chain = _chain(text, token)
        end = chain[-1].end()
        if token.group() in CHINESE_SURNAMES and (called := _CALLED_LU.match(text, end)):
            yield Found(token.start(), called.end(), "name")
        elif _PLACE_AFTER.match(text, end) or _PLACE_BEFORE.search(text[max(0, token.start() - 12) : token.start()]):
            continue
        elif len(chain) > 1 and _is_name([one.group() for one in chain]):
            last = end
            yield Found(token.start(), end, "name")
        elif _is_alone(text, token):
            yield Found(token.start(), token.end(), "name")
    yield from _familiar(text)
    yield from (Found(match.start(), match.end(), "name") for match in _ARAB.finditer(text))
    yield from _small(text)


def _small(text: str) -> Iterator[Found]:
    for match in _SMALL_SAID.finditer(text):
        first, *others = match["name"].split()
        if not is_nobodys(first.title()):
            is_long = others and (len(others[0]) < 3 or not is_nobodys(others[0].title()))
            yield Found(match.start("name"), match.end("name") if is_long else match.start("name") + len(first), "name")
    for match in _SMALL.finditer(text):
        if len(match.group()) > 4 and is_first(match.group().title()) and not is_nobodys(match.group().title()):
            yield Found(match.start(), match.end(), "name")


def _chain(text: str, token: re.Match[str]) -> list[re.Match[str]]:
    """Up to four words of a name from here on: none of them English."""
    chain = [token]
    while len(chain) < 4 and not _is_plain(chain[-1].group()):
        between = _BETWEEN.match(text, chain[-1].end())
        following = _TOKEN.match(text, between.end()) if between else None
        if following is None or _is_plain(following.group()):
            break
        chain.append(following)
    return chain


def _is_plain(word: str) -> bool:
    return word in NO_NAME or is_ordinary(word)


def _is_name(parts: list[str]) -> bool:
    """Somebody's, by lists; or of a language that is not English, where no list knows any of it."""
    pieces = [piece for part in parts for piece in part.split("-")]
    return any(map(_is_listed, pieces)) or all(len(one) > 2 and not is_nobodys(one) for one in parts)


def _is_listed(word: str) -> bool:
    return is_first(word) or is_surname(word) or word in CHINESE_SURNAMES


def _is_alone(text: str, token: re.Match[str]) -> bool:
    word = token.group()
    if word in WORDS and word not in NO_NAME:
        return bool(_DOES.match(text, token.end()) or _FROM.match(text, token.end()))
    if word in NO_NAME or is_ordinary(word) or len(word) < 2:
        return False
    if is_first(word) or _LONE_ENDING.fullmatch(word):
        return True
    if _IRISH.fullmatch(word):
        return True
    if is_nobodys(word) and word not in CHINESE_SURNAMES:
        return False
    is_done = bool(_DONE.search(text[max(0, token.start() - 16) : token.start()])) and not word.isupper()
    return bool(_DOES.match(text, token.end())) or (
        is_done and (is_surname(word) or bool(_PINYIN.fullmatch(word)) or not text[token.end() : token.end() + 1].isalpha())
    )


def _familiar(text: str) -> Iterator[Found]:
    """Lao Li, Auntie Chen, Big Dave."""
    for match in _FAMILIAR.finditer(text):
        if not _PLACE_AFTER.match(text, match.end("name")) and (_is_listed(match["name"]) or not is_nobodys(match["name"])):
            yield Found(match.start(), match.end("more") if match["more"] and not is_nobodys(match["more"]) else match.end("name"), "name")
