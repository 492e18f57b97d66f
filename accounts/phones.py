"""Phone numbers however they were typed: full-width digits, gaps, brackets, a local number without its city's code."""

import re
import unicodedata

import phonenumbers
from django.conf import settings

_LOCAL = re.compile(r"\d{7,8}")
_KEPT = re.compile(r"[^\d+]")


def read_phone(typed: str) -> str:
    """The number in E.164, or empty when there is none to be rung in what was typed.

    ``１３８ ００１３ ８０００``, ``0086-138...``, ``(0539) 512-6119`` and ``5126119`` are read alike; what only looks like a
    number is not guessed at.
    """
    text = unicodedata.normalize("NFKC", typed).strip()
    # Words around it, as in "tel. 138..., evenings": the first run that could be one.
    for piece in re.findall(r"[+\d][\d\s().\-–—/]{5,}\d", text):
        bare = _KEPT.sub("", piece)
        bare = f"+{bare[2:]}" if bare.startswith("00") else bare
        for candidate in (bare, settings.PHONE_AREA_CODE + bare if _LOCAL.fullmatch(bare) else ""):
            if candidate and (number := _valid(candidate)):
                return number
    return ""


def _valid(text: str) -> str:
    try:
        number = phonenumbers.parse(text, settings.PHONENUMBER_DEFAULT_REGION)
    except phonenumbers.NumberParseException:
        return ""
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164) if phonenumbers.is_valid_number(number) else ""
