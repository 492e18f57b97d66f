"""The labelled texts are many enough and well formed, so that what is measured on them means something."""

import collections
import json
from pathlib import Path

import pytest

TEXTS = Path(__file__).parents[2] / "data" / "personal_texts" / "texts.jsonl"
KINDS = {"name", "phone", "address", "plate", "id_number", "account", "card", "meter", "email", "date_of_birth"}


@pytest.fixture(scope="module")
def texts():
    return [json.loads(line) for line in TEXTS.read_text(encoding="utf-8").splitlines()]


def test_there_are_enough_texts_in_each_language(texts):
    by_language = collections.Counter(text["language"] for text in texts)
    assert len(texts) >= 600
    assert set(by_language) == {"zh", "ru", "en"}
    assert min(by_language.values()) >= 180


def test_many_texts_only_look_personal(texts):
    hard = [text for text in texts if text["hard_negative"]]
    assert len(hard) >= 200
    assert not any(text["spans"] for text in hard)


def test_no_text_is_there_twice(texts):
    assert len({text["id"] for text in texts}) == len(texts)
    assert len({text["text"] for text in texts}) == len(texts)


def test_every_kind_is_labelled_in_every_language(texts):
    labelled = {(text["language"], span["kind"]) for text in texts for span in text["spans"]}
    assert labelled == {(language, kind) for language in ("zh", "ru", "en") for kind in KINDS}


def test_spans_lie_inside_their_text_and_do_not_overlap(texts):
    for text in texts:
        end = 0
        for span in text["spans"]:
            assert end <= span["start"] < span["end"] <= len(text["text"]), text["id"]
            piece = text["text"][span["start"] : span["end"]]
            assert piece == piece.strip(), text["id"]
            end = span["end"]
