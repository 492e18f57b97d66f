"""Names that only the sentence tells, whatever the words are: behind "my daughter", 户主 or «фамилия», as a signature, beside a phone."""

import re
from collections.abc import Iterator

from .chinese_called import SHAPES as CHINESE
from .english_called import SHAPES as ENGLISH
from .english_words import NO_NAME
from .found import Found
from .normal import Normal
from .russian_called import SHAPES as RUSSIAN

_NOBODY = re.compile(r"(?:谢谢|感谢|急|在线等|盼复|求助|拜托|周知|Thanks?|Please|Regards|Спасибо|Жду|Помогите|Срочно|Да|Нет|Караул)")


def find(plain: Normal) -> Iterator[Found]:
    """By what stands around."""
    text = plain.text
    for shape in (*ENGLISH, *RUSSIAN, *CHINESE):
        for match in shape.finditer(text):
            if match["name"] not in NO_NAME - {"May"} and not _NOBODY.match(match["name"]):
                yield Found(*match.span("name"), "name")
