"""The likeliest way to read Chinese as words and names: 邢淑珍说方便的话 is a name, a word and three more words, not 方便's Mr Fang.

Each word costs as much as it is seldom; a name costs what a name does in letters to us, its surname and its given marks. What the
cheapest reading holds for a name is one. Chinese writes no gaps, so that nothing less tells 高温 (heat) from somebody called Gao.
"""

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from .chinese_words import BEFORE, DOUBTFUL, FOLLOWING, ORDINARY, STRONG, TITLES, WEAK
from .word_files import weighed

_RUN = re.compile(r"[一-鿿]{2,}")
_STRONG = re.compile(rf"(?:{STRONG})[ ]?[:：是为叫（(]?[ ]?")
_WEAK = re.compile(WEAK)
_TITLE = re.compile(TITLES)
#: Behind these nothing but a name stands, even one that is a word: 温馨女士.
_RESPECT = re.compile("先生|女士|小姐|师傅|阿姨|大爷|大妈|同志|同学|老师|奶奶|爷爷|大哥|大姐")
_CALLED = re.compile(
    "(?:我叫|名叫|叫做|姓名|户名|联系人|户主|房主|业主|签收人|经手人|报修人|投诉人|申请人|收款人|收件人|驾驶员|法人|(?:签约|安装|承租|出租|转让|受让|购气|用气|缴费|开户|担保|监护|紧急联系|联络|领取|取件|寄件|证明|见证|记录|审核|复核|制表|填表|填报|登记|带班|值班|接线|接待|经办|承办|主办|检查|巡查|验收|施工|处置|维修|安检|抄表|过户|新户主|原户主|产权|持有|使用|管理|责任)(?:人员|人|员))[ ]?[:：是为]?[ ]?"
)
_ACTS = re.compile(
    "说|称|反映|来电|要求|表示|答应|签字|签收|投诉|报修|申请|家的|家里|家用|(?:已经|没|未|不在|也|又)来|负责|值班|上门|处理|回复"
)
_LONGEST = 4
#: How often words that were listed by hand are taken to be seen, as a power of two.
_USUAL = 9.0
#: Costs in bits: how seldom a name is among all words, and a mark that no list knows.
_NAME, _UNKNOWN, _SELDOM_GIVEN = 3.0, 24.0, 22.0
#: What a name gains beside what tells of one.
_INTRODUCED, _TITLED, _BORDER, _INSIDE, _DOUBT, _CERTAIN, _ACTING = 9.0, 9.0, 1.5, 3.0, 6.0, 14.0, 3.0


@dataclass(frozen=True)
class _Costs:
    words: Mapping[str, float]
    surnames: Mapping[str, float]
    given: Mapping[str, float]


@cache
def _costs() -> _Costs:
    words = dict.fromkeys(ORDINARY, _USUAL) | dict(weighed("chinese.txt.gz"))
    return _Costs(*map(_as_costs, (words, weighed("chinese_surnames.txt"), weighed("chinese_given.txt"))))


def _as_costs(powers: Mapping[str, float]) -> dict[str, float]:
    whole = math.log2(sum(2**power for power in powers.values()))
    return {word: whole - power for word, power in powers.items()}


def is_known(word: str) -> bool:
    """Whether this is a word of the language, and not only a name."""
    return word in _costs().words


@dataclass(frozen=True)
class Reading:
    """Where the names stand, and the places inside of words of two or more marks, where no name begins or ends."""

    names: Sequence[tuple[int, int]]
    inside: frozenset[int]

    def cuts(self, start: int, end: int) -> bool:
        """Whether a name here would tear a word apart."""
        return start in self.inside or end in self.inside


@dataclass(frozen=True)
class _Around:
    """What a name gains, in bits, that begins or ends at a place."""

    begins: Mapping[int, float]
    ends: Mapping[int, float]


def _gains(text: str) -> _Around:
    begins = (
        {match.end(): _BORDER for match in _WEAK.finditer(text)}
        | {match.end(): _INTRODUCED for match in _STRONG.finditer(text)}
        | {match.end(): _CERTAIN for match in _CALLED.finditer(text)}
    )
    acting = {match.start(): _ACTING for match in _ACTS.finditer(text)}
    titled = {match.start(): _TITLED for match in _TITLE.finditer(text) if len(match.group()) > 1}
    return _Around(begins, acting | titled | {match.start(): _CERTAIN for match in _RESPECT.finditer(text)})


def read(text: str) -> Reading:
    """The likeliest reading of each unbroken run of Chinese."""
    around = _gains(text)
    names, inside = [], set[int]()
    for run in _RUN.finditer(text):
        for start, stop, is_name in _best(text, run.span(), around):
            if is_name:
                names.append((start, stop))
            else:
                inside.update(range(start + 1, stop))
    return Reading(names, frozenset(inside))


def _best(text: str, run: tuple[int, int], around: _Around) -> Iterator[tuple[int, int, bool]]:
    """The cheapest way through one run, found from its end to its beginning."""
    here, end = run
    best: dict[int, tuple[float, int, bool]] = {end: (0.0, end, False)}
    for place in range(end - 1, here - 1, -1):
        ways = [(cost + best[stop][0], stop, False) for cost, stop in _words(text, place, end)]
        ways += [(cost + best[stop][0], stop, True) for cost, stop in _names(text, place, end, around)]
        best[place] = min(ways)
    while here < end:
        _cost, stop, is_name = best[here]
        yield here, stop, is_name
        here = stop


def _words(text: str, here: int, end: int) -> Iterator[tuple[float, int]]:
    known = _costs().words
    yield known.get(text[here], _UNKNOWN), here + 1
    for stop in range(here + 2, min(end, here + _LONGEST) + 1):
        cost = known.get(text[here:stop])
        if cost is not None:
            yield cost, stop


def _names(text: str, here: int, end: int, around: _Around) -> Iterator[tuple[float, int]]:
    costs = _costs()
    for length in (1, 2):
        surname = costs.surnames.get(text[here : here + length])
        if surname is None:
            continue
        for stop in range(here + length + 1, min(end, here + length + 2) + 1):
            given = sum(costs.given.get(mark, _SELDOM_GIVEN) for mark in text[here + length : stop])
            gain = _around(text, here, stop, around)
            doubt = _DOUBT if length == 1 and text[here] in DOUBTFUL and gain < _TITLED else 0.0
            yield _NAME + surname + given + doubt - gain, stop


def _around(text: str, here: int, stop: int, around: _Around) -> float:
    """How much what stands around tells of a name, in bits."""
    before, after = text[here - 1 : here], text[stop : stop + 1]
    open_, closed = not before or before in BEFORE, not after or after in FOLLOWING
    gain = around.begins.get(here, _BORDER if open_ else -_INSIDE)
    return gain + around.ends.get(stop, _BORDER if closed else 0.0)
