"""A date looks the same wherever it stands: one style to a language, and no template with a style of its own."""

import re
from datetime import date, datetime

import pytest
from django import forms
from django.utils import translation
from django.utils.formats import date_format, get_format

from tests.house import sources

DAY, MOMENT = date(2026, 11, 5), datetime(2026, 11, 5, 9, 7)
STYLES = {"en": "5 Nov 2026", "zh-hans": "2026年11月5日", "ru": "05.11.2026"}
#: For machines, for the hour or the weekday alone, and for moments to the second.
OWN = {'time:"H:i"', 'date:"H:i"', 'date:"l"', 'date:"c"', 'date:"Y-m-d"', 'time:"H:i:s"', 'date:"H:i:s"', 'date:"D"', 'date:"Y-m-d H:i"'}


@pytest.mark.parametrize(("language", "style"), STYLES.items())
def test_a_language_has_one_style(language, style):
    with translation.override(language):
        assert {date_format(DAY, name) for name in ("DATE_FORMAT", "SHORT_DATE_FORMAT")} == {style}
        assert {date_format(MOMENT, name) for name in ("DATETIME_FORMAT", "SHORT_DATETIME_FORMAT")} == {f"{style} 09:07"}


@pytest.mark.parametrize("language", STYLES)
def test_a_date_field_is_filled_with_what_browsers_read(language):
    with translation.override(language):
        assert forms.DateInput(attrs={"type": "date"}).format_value(DAY) == "2026-11-05"
        assert forms.DateTimeInput(attrs={"type": "datetime-local"}).format_value(MOMENT) == "2026-11-05T09:07"


@pytest.mark.parametrize("language", STYLES)
def test_no_field_guesses_whether_the_day_or_the_month_comes_first(language):
    with translation.override(language):
        assert not [way for way in get_format("DATE_INPUT_FORMATS") if way.startswith(("%m", "%d/"))]


def test_no_template_has_a_style_of_its_own():
    found = {
        f"{path.relative_to(sources.ROOT)}: {filter_}"
        for path in (sources.ROOT / "templates").rglob("*.*")
        for filter_ in re.findall(r'\|((?:date|time):"[^"]*")', path.read_text(encoding="utf-8"))
        if not filter_.endswith('FORMAT"') and filter_ not in OWN
    }
    assert found == set()
