"""Which characters the fonts at hand can print, and what stands on the paper for one they cannot: its code, never a box.

Fontconfig is asked, since it is what the PDF's renderer asks too: our own font, then every outline font of this machine.
"""

import ctypes
import unicodedata
from functools import cache

_FONTCONFIG = "libfontconfig.so.1"
#: Shown as nothing (line ends, joiners, variation selectors) or as a gap: no font is needed.
_NEEDS_NO_GLYPH = {"Cc", "Cf", "Zs", "Zl", "Zp"}


def printable(text: str) -> str:
    """The text with every character that no font here has written as its code: ``〔U+20BB7〕``."""
    unknown = {ord(char): f"〔U+{ord(char):04X}〕" for char in set(text) if not _has_glyph(char)}
    return text.translate(unknown) if unknown else text


@cache
def _has_glyph(char: str) -> bool:
    category = unicodedata.category(char)
    if char.isascii() or category in _NEEDS_NO_GLYPH or _selects_a_variant(char):
        return True
    # What a character of a private area looks like is agreed nowhere: another font would print another name.
    return category not in {"Co", "Cs"} and _fonts_with(char) > 0


def _selects_a_variant(char: str) -> bool:
    return "\ufe00" <= char <= "\ufe0f" or "\U000e0100" <= char <= "\U000e01ef"


def _fonts_with(char: str) -> int:
    library, config = _fontconfig()
    pattern = ctypes.c_void_p(library.FcNameParse(f":charset={ord(char):x}:scalable=true".encode()))
    wanted = ctypes.c_void_p(library.FcObjectSetCreate())
    found = ctypes.c_void_p(library.FcFontList(config, pattern, wanted))
    number = ctypes.cast(found, ctypes.POINTER(ctypes.c_int))[0] if found else 0
    library.FcFontSetDestroy(found)
    library.FcObjectSetDestroy(wanted)
    library.FcPatternDestroy(pattern)
    return number


@cache
def _fontconfig() -> tuple[ctypes.CDLL, ctypes.c_void_p]:
    from pylopdf_fonts_zh_cn import sans_path

    library = ctypes.CDLL(_FONTCONFIG)
    for name in ("FcInitLoadConfigAndFonts", "FcNameParse", "FcObjectSetCreate", "FcFontList"):
        getattr(library, name).restype = ctypes.c_void_p
    config = ctypes.c_void_p(library.FcInitLoadConfigAndFonts())
    library.FcConfigAppFontAddFile(config, str(sans_path()).encode())
    return library, config
