"""In which language somebody has typed, as far as letters tell."""

import re

_HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_CYRILLIC = re.compile("[а-яёА-ЯЁ]")
_LATIN = re.compile("[a-zA-Z]")


def languages_of(text: str, language: str) -> list[str]:
    """Languages to look in, the likeliest first; ``language`` is the reader's, who may type pinyin, or Latin names of things."""
    if _HAN.search(text):
        return ["zh-hans"]
    if _CYRILLIC.search(text):
        return ["ru"]
    if _LATIN.search(text):
        return ["en"] if language == "en" else ["en", language]
    return [language]
