"""How much of the texts that the detector was widened by it finds: no rule for one text may lose others."""

import json
from pathlib import Path

import pytest

from tests.notices.test_personal_data_measured import NUMBERS, Measured

TEXTS = Path(__file__).resolve().parents[2] / "data" / "personal_texts" / "development" / "texts.jsonl"


@pytest.fixture(scope="module", params=[True, False], ids=["held out", "tuned by"])
def measured(request):
    rows = [json.loads(line) for line in TEXTS.read_text(encoding="utf-8").splitlines()]
    return Measured(row for row in rows if row["held_out"] == request.param)


@pytest.mark.parametrize(("kinds", "least"), [(NUMBERS, 0.88), ({"name"}, 0.8), ({"address"}, 0.85)], ids=["numbers", "names", "addresses"])
def test_what_is_odd_is_mostly_found(measured, kinds, least):
    assert measured.recall(kinds) >= least, measured.table()


def test_what_is_found_in_odd_texts_is_somebodys(measured):
    assert measured.precision() >= 0.9, measured.table()
