"""An administrator writes other words for a letter: with its own placeholders only, looked at first, from a day on."""

from datetime import timedelta

import pytest

from notices import letter_words, registry
from notices.models import Channel, LetterText
from notices.operations import letter_texts, owe
from notices.operations.letter_texts import BadWords, DayGone, NewWords

KIND = "connection_received"
CONTEXT = {"company": "Pilotlight", "reference": "C12", "code": "ABCD", "steward": "Xin", "missing": "2", "phone": "12345"}


@pytest.fixture
def written(ada, now):
    """``written("...", language="en")``: a draft by Ada."""

    def write(text, language="en", **more):
        return letter_texts.draft_words(words=NewWords(kind=KIND, language=language, text=text, **more), by=ada.user, at=now)

    return write


@pytest.fixture
def held(written, ada, now):
    def publish(text, at=now, **more):
        draft = written(text, **more)
        return letter_texts.publish_words(draft=draft, effective_from=at, reason="Shorter.", by=ada.user, at=now)

    return publish


def sent(now, language="en"):
    key = f"test:{language}:{now.isoformat()}"
    return owe(kind=KIND, key=key, context=CONTEXT, at=now, channel=Channel.SMS, address="+8613800138000", language=language).text


def test_own_words_go_out_from_their_moment_on_and_in_their_language_only(held, now):
    delivered = sent(now)
    held("Welcome: {{ reference }}, {{ code }}.", at=now + timedelta(days=1))
    assert sent(now + timedelta(hours=1)) == delivered
    assert sent(now + timedelta(days=1)) == "Welcome: C12, ABCD."
    assert sent(now + timedelta(days=1), language="zh-hans") != "Welcome: C12, ABCD."


def test_an_empty_version_brings_the_delivered_words_back(held, now):
    delivered = sent(now)
    held("Welcome: {{ reference }}.", at=now + timedelta(hours=1))
    held("", at=now + timedelta(hours=2))
    assert sent(now + timedelta(hours=1)) == "Welcome: C12."
    assert sent(now + timedelta(hours=2)) == delivered


@pytest.mark.parametrize(
    "text",
    [
        "{{ password }}",
        "{% include 'x' %}",
        "{{ company|safe }}",
        "{# hidden #}",
        "{{ company",
        "{{ company.__class__ }}",
        "Without a reference",
    ],
)
def test_nothing_but_words_and_known_placeholders_is_let_in(written, text):
    with pytest.raises(BadWords):
        written(text)
    assert not LetterText.objects.exists()


def test_a_day_that_is_gone_is_refused(written, ada, now):
    draft = written("Welcome: {{ reference }}.")
    with pytest.raises(DayGone):
        letter_texts.publish_words(draft=draft, effective_from=now - timedelta(days=1), reason="Why.", by=ada.user, at=now)


@pytest.mark.parametrize("kind", sorted(kind for kind, letter in registry.letters().items() if not letter.is_secret))
def test_every_letter_can_say_with_its_placeholders_what_it_says(kind):
    letter = registry.letter(kind)
    source = letter_words.delivered(letter, kind)
    allowed = letter_words.placeholders(source)
    words = " ".join(f"{{{{ {name} }}}}" for name in allowed)
    letter_words.check(words, allowed)
    assert letter_words.shown(words).count("‹") == len(allowed)
    letter_words.render("Hello", source, {})
    assert letter_words.sample(letter, kind)


def test_an_administrator_drafts_looks_and_publishes_on_the_page(ada, client, signed_in, now):
    ada = signed_in(client, ada)
    assert "/staff/letters/connection_received/" in ada.get("/staff/letters/").text
    address = f"/staff/letters/{KIND}/"
    assert ada.post(f"{address}en/draft/", {"text": "{{ secret }}"}).status_code == 422
    page = ada.post(f"{address}en/draft/", {"text": "Welcome: {{ reference }}."}, follow=True)
    assert "your application for gas is accepted. Reference ‹reference›" in page.text, "the delivered words, to compare"
    assert "Welcome: ‹reference›." in page.text
    assert ada.post(f"{address}en/publish/", {"reason": ""}).status_code == 422
    page = ada.post(f"{address}en/publish/", {"reason": "Shorter."}, follow=True)
    assert LetterText.objects.get().effective_from is not None
    assert ada.get("/staff/letters/sign_in_code/").status_code == 404
