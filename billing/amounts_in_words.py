"""An amount of money written out, as a receipt must carry it: 壹佰柒拾壹元整, сто семьдесят один юань 00 фэней.

Without a database and without Django. Chinese follows the central bank's rules for filling in bills (正确填写票据和结算凭证的
基本规定): 整 after a whole amount, 零 once for any run of zeros, always between 元 and 分 when there is no 角. Where the
rules leave a 零 to the writer, it is written only when the sum could be misread without it (壹亿零壹仟, not 壹亿壹仟).
"""

from collections.abc import Callable
from dataclasses import dataclass

from num2words import num2words

_DIGITS = "零壹贰叁肆伍陆柒捌玖"


class UnknownCurrency(Exception):
    """There are no words for this currency; a fault of the settings, found at the first receipt."""


@dataclass(frozen=True)
class _Coin:
    """What a currency and its hundredth are called: Chinese, English (one, many), Russian (1, 2, 5)."""

    chinese: tuple[str, str, str]  # whole unit, tenth (empty: none), hundredth
    english: tuple[str, str]
    english_minor: tuple[str, str]
    russian: tuple[str, str, str]
    russian_minor: tuple[str, str, str]


_COINS = {
    "CNY": _Coin(("元", "角", "分"), ("yuan", "yuan"), ("fen", "fen"), ("юань", "юаня", "юаней"), ("фэнь", "фэня", "фэней")),
    "RUB": _Coin(
        ("卢布", "", "戈比"), ("ruble", "rubles"), ("kopeck", "kopecks"), ("рубль", "рубля", "рублей"), ("копейка", "копейки", "копеек")
    ),
    "USD": _Coin(
        ("美元", "", "美分"),
        ("US dollar", "US dollars"),
        ("cent", "cents"),
        ("доллар США", "доллара США", "долларов США"),
        ("цент", "цента", "центов"),
    ),
}


def in_words(amount: int, currency: str, language: str) -> str:
    """Minor units of a currency as a phrase in ``zh-hans``, ``ru`` or, for any other language, English.

    Raises UnknownCurrency.
    """
    if currency not in _COINS:
        raise UnknownCurrency(currency)
    write = _WRITERS.get(language.lower().partition("-")[0], _english)
    return write(amount < 0, *divmod(abs(amount), 100), _COINS[currency])


def _chinese(negative: bool, whole: int, minor: int, coin: _Coin) -> str:
    unit, tenth, hundredth = coin.chinese
    words = _chinese_number(whole) + unit if whole or not minor else ""
    words += _chinese_tenths(minor, tenth, hundredth, words) if tenth else _chinese_hundredths(minor, hundredth, words)
    return ("负" if negative else "") + words


def _chinese_tenths(minor: int, tenth: str, hundredth: str, before: str) -> str:
    jiao, fen = divmod(minor, 10)
    if not minor:
        return "整"
    middle = _DIGITS[jiao] + tenth if jiao else ("零" if before else "")
    return middle + (_DIGITS[fen] + hundredth if fen else "")


def _chinese_hundredths(minor: int, hundredth: str, before: str) -> str:
    if not minor:
        return "整"
    return ("零" if before and minor < 10 else "") + _chinese_number(minor) + hundredth


def _chinese_number(number: int) -> str:
    for value, unit in ((10**8, "亿"), (10**4, "万"), (1000, "仟"), (100, "佰"), (10, "拾")):
        if number >= value:
            high, low = divmod(number, value)
            gap = "零" if 0 < low < value // 10 else ""
            return _chinese_number(high) + unit + gap + (_chinese_number(low) if low else "")
    return _DIGITS[number]


def _russian(negative: bool, whole: int, minor: int, coin: _Coin) -> str:
    # Kopecks stand in digits, two of them: the custom of Russian payment papers.
    words = f"{num2words(whole, lang='ru')} {_russian_form(whole, coin.russian)} {minor:02d} {_russian_form(minor, coin.russian_minor)}"
    return _capitalized(f"минус {words}" if negative else words)


def _russian_form(number: int, forms: tuple[str, str, str]) -> str:
    if number % 10 == 1 and number % 100 != 11:
        return forms[0]
    return forms[1] if 2 <= number % 10 <= 4 and not 12 <= number % 100 <= 14 else forms[2]


def _english(negative: bool, whole: int, minor: int, coin: _Coin) -> str:
    parts = []
    if whole or not minor:
        parts.append(f"{num2words(whole, lang='en')} {coin.english[whole != 1]}")
    if minor:
        parts.append(f"{num2words(minor, lang='en')} {coin.english_minor[minor != 1]}")
    return _capitalized(("minus " if negative else "") + " and ".join(parts))


def _capitalized(words: str) -> str:
    return words[0].upper() + words[1:]


_WRITERS: dict[str, Callable[[bool, int, int, _Coin], str]] = {"zh": _chinese, "ru": _russian}
