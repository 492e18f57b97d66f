"""Every letter of every app has its words."""

import pytest
from django.conf import settings
from django.template import Engine
from django.utils.translation import override

from notices import registry
from notices.models import Channel

LETTERS = sorted(registry.letters().items())


def template_of(kind, letter, ending):
    return Engine.get_default().get_template(f"{letter.folder}/letters/{kind}{ending}")


@pytest.mark.parametrize(("kind", "letter"), LETTERS)
def test_a_letter_has_its_words_and_where_needed_a_subject(kind, letter):
    assert template_of(kind, letter, ".txt")
    if {Channel.EMAIL, Channel.CABINET, Channel.INBOX} & set(letter.channels):
        assert template_of(kind, letter, ".subject.txt")


@pytest.mark.parametrize(("kind", "letter"), [pair for pair in LETTERS if pair[1].is_secret])
@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_a_code_is_in_its_letter_and_the_letter_fits_two_text_messages(kind, letter, language):
    from django.template import Context

    with override(language):
        words = template_of(kind, letter, ".txt").render(Context({"code": "123456", "company": "Pilotlight Gas", "minutes": 3})).strip()
    assert "123456" in words
    assert "\n" not in words
    assert len(words) < 300
