"""What a paper prints for characters that no font has."""

import pytest

from billing import glyphs
from billing.glyphs import printable


@pytest.mark.parametrize("text", ["李娜㛃龘䶮𫚖", "Łukasz ě ř ő", "Иванова", "Zoë O’Neill", "a\u0301", "one\nline\tand\u00a0more"])
def test_leaves_alone_what_the_fonts_have(text):
    assert printable(text) == text


@pytest.mark.parametrize("text", ["葛\U000e0100", "☎\ufe0e", "a\u200db", "co\u00adop"])
def test_leaves_alone_what_is_never_seen(text):
    assert printable(text) == text


@pytest.mark.parametrize(("text", "code"), [("\ue863", "〔U+E863〕"), ("\U00032000", "〔U+32000〕"), ("\uffff", "〔U+FFFF〕")])
def test_names_what_no_font_agrees_on(text, code):
    assert printable(f"王{text}") == f"王{code}"


def test_names_a_character_that_only_an_absent_font_has(monkeypatch):
    monkeypatch.setattr(glyphs, "_fonts_with", lambda char: 0)
    glyphs._has_glyph.cache_clear()
    assert printable("\U00020bb7田") == "〔U+20BB7〕〔U+7530〕"
    glyphs._has_glyph.cache_clear()


def test_the_marks_around_a_code_can_themselves_be_printed():
    assert printable("〔U+20BB7〕") == "〔U+20BB7〕"
