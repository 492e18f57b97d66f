"""Text as what it is searched by: stems of words, their beginnings (^), and ideographs alone and in pairs."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from . import english, russian

_RUN = re.compile("(?P<han>[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+)|(?P<word>[a-z0-9]+|[а-я0-9]+)")
_ROOT = 5
#: Longer is no word that anybody types.
LONGEST = 40

#: What a question is asked with, and says nothing of what it is about.
_EMPTY_WORDS = (
    "a an the of to in on at for from by with and or not is are was were be been do does did done can could may might must will would"
    " shall should"
    " dont doesnt didnt isnt arent wasnt cant couldnt wont wouldnt havent hasnt im ive ill id its theres whats"
    " have has had i me my mine we us our you your it its he she they them their this that these those there here what"
    " which who whom whose when where why how if then than so as but about into up out any some no please get got go"
    " и в во на с со к ко по из за от до о об у не ни а но или же бы ли как что чем чего кто где куда когда зачем почему если то это"
    " эта этот эти мне меня мной мы нас нам наш вы вас вам ваш я он она они их его ее ему ей мой моя мое мои свой свою для при через"
    " есть быть был была было были будет можно нужно надо какой какая какие каком какую пожалуйста нет да ещё еще уже только так там тут"
    " можете могу может хочу подскажите скажите сделать делать"
)
_EMPTY = frozenset(_EMPTY_WORDS.split())
_EMPTY_HAN = re.compile(
    "请问|怎么办|怎么样|怎么|怎样|如何|什么时候|什么|为什么|为啥|咋办|咋|哪里|哪些|哪个|哪儿|多少|是不是|能不能|可不可以|可以|能否|是否|需要"
    "|应该|我们|你们|我想|我要|我家|自己|一下|这个|那个|的话|时候|了吗|吗|呢|吧|啊|呀|的|了|我|你|您|他|她|它|们|和|与|或|在|是|有|要|想|把|被|给|让|就|都|也|还|又|很|太"
)


#: ё as е; and what an apostrophe parts is one word: don't, can't.
_ALIKE = str.maketrans({"ё": "е", "'": None, "’": None})


def fold(text: str) -> str:
    """Full width to half, small letters, ё as е, accents of Latin letters dropped; й stays й."""
    folded = unicodedata.normalize("NFKC", text).casefold().translate(_ALIKE)
    if folded.isascii():
        return folded
    bare = (mark for mark in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(mark) or mark == "\u0306")
    return unicodedata.normalize("NFKC", "".join(bare))


def runs(text: str) -> Iterator[tuple[str, bool]]:
    """Words, and runs of ideographs (True) between the empty ones."""
    for found in _RUN.finditer(fold(text)):
        if found["han"]:
            yield from ((part, True) for part in _EMPTY_HAN.split(found["han"]) if part)
        elif found["word"] not in _EMPTY:
            yield found["word"][:LONGEST], False


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The stem in the language whose letters it has."""
    return (english.stem if word.isascii() else russian.stem)(word)


def root(stemmed: str) -> str:
    """The beginning that words of one family share: оплата, оплатить, оплаченный. Nothing for a short word."""
    return f"^{stemmed[:_ROOT]}" if len(stemmed) >= _ROOT and not stemmed.isdigit() else ""


def pairs(run: str) -> list[str]:
    """Two neighbouring ideographs each; a lone one by itself."""
    return [run[place : place + 2] for place in range(len(run) - 1)] or [run]


def terms(text: str) -> Iterator[str]:
    """Everything a text is found by, as often as it stands there."""
    for run, is_han in runs(text):
        if is_han:
            yield from pairs(run)
            yield from run if len(run) > 1 else ""
        else:
            stemmed = stem(run)
            yield stemmed
            if beginning := root(stemmed):
                yield beginning


def sound(pair: str) -> str:
    """How two ideographs are read, without tones; nothing for anything else."""
    if len(pair) != len("二字") or not _RUN.fullmatch(pair) or pair.isascii() or not "\u3400" <= pair[0] <= "\U0003ffff":
        return ""
    # Here and not above: its dictionary takes a third of a second to load.
    from pypinyin import lazy_pinyin

    return "".join(lazy_pinyin(pair))[:LONGEST]
