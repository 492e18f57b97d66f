"""When somebody is told, said to whoever is told."""

import pytest

from sla import naming


@pytest.mark.parametrize(
    ("rung", "said"),
    [
        ("50%", "half of the time is used up"),
        ("80%", "80 % of the time is used up"),
        ("100%", "due now"),
        ("100%.3", "due now"),
        ("target", "the target has passed"),
        ("-PT30M", "30 minutes before it is due"),
        ("+PT1H", "overdue by 1 hour"),
    ],
)
def test_a_rung_is_said_in_words(rung, said):
    assert naming.rung(rung).replace("\u00a0", " ") == said


def test_an_event_pattern_is_called_by_its_event():
    assert naming.event("case.contacted?by=human&replies=1") == "there was contact with the customer"
