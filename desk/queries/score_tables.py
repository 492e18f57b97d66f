"""The figures of a month as the page shows them: one table for each section, with words for everything."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from complaints.models import Complaint
from repairs.models import Outage
from sla.queries.catalog import CHAPTERS, chapter_title, policies_shown
from sla.queries.tallies import chapter_of

from ..score_figures import Figure
from ..score_words import MEASURES, NOTES, SECTIONS, measure_name

#: Sections whose lines are items and whose columns are measures; of the others each line is a measure.
_WIDE: Mapping[str, tuple[str, ...]] = {
    "promises": ("ended", "share_kept", "share_with_more_time", "missed", "missed_and_open", "half_within", "nine_tenths_within"),
    "interruptions": ("interruptions", "customers", "hours_per_customer", "interruptions_per_customer"),
}
_TOP = ("promises", "all", "share_kept"), ("arrival", "all", "within_60_minutes"), ("telephone", "all", "within_3_rings")
_MORE_TOP = ("follow_ups", "all", "satisfied"), ("interruptions", "all", "hours_per_customer")


@dataclass(frozen=True)
class Line:
    """One row; ``inner`` are the promises of a chapter."""

    label: str
    cells: Sequence[tuple[str, Figure | None]]
    inner: "Sequence[Line]" = ()


@dataclass(frozen=True)
class Table:
    """One section, with the names of its columns where it has several."""

    section: str
    title: str
    note: str
    columns: Sequence[str]
    lines: Sequence[Line]


@dataclass(frozen=True)
class _Labels:
    """What items are called."""

    promises: Mapping[str, str]

    def of(self, item: str) -> str:
        if item == "all":
            return _("All")
        known = {**dict(Outage.Kind.choices), **dict(Complaint.About.choices)}
        return chapter_title(item) or self.promises.get(item) or str(known.get(item, item))


def tables(figures: Sequence[Figure], *, at: datetime) -> list[Table]:
    """Every section that has figures, in the order of the method."""
    language = get_language() or "en"
    labels = _Labels({policy.key: policy.title(language) for policy in policies_shown(all_of_them=True, at=at)})
    by_section = {section: [figure for figure in figures if figure.section == section] for section in SECTIONS}
    return [_table(section, own, labels) for section, own in by_section.items() if own]


def top(figures: Sequence[Figure]) -> list[tuple[str, str, Figure]]:
    """The few numbers that stand above all: section, name, figure."""
    found = {figure.key: figure for figure in figures}
    return [(str(SECTIONS[key[0]]), measure_name(key[0], key[2]), found[key]) for key in (*_TOP, *_MORE_TOP) if key in found]


def _table(section: str, figures: Sequence[Figure], labels: _Labels) -> Table:
    title, note = str(SECTIONS[section]), str(NOTES.get(section, ""))
    if section in _WIDE:
        columns = [measure_name(section, measure) for measure in _WIDE[section]]
        return Table(section, title, note, columns, list(_items(section, figures, labels)))
    own = {figure.key: figure for figure in figures}
    lines = [
        _single(measure_name(section, measure), own[section, "all", measure])
        for measure in MEASURES[section]
        if (section, "all", measure) in own
    ]
    lines += [_single(labels.of(one.item), one) for one in figures if one.item != "all"]
    return Table(section, title, note, (), lines)


def _single(label: str, figure: Figure) -> Line:
    return Line(label, [("", figure)])


def _items(section: str, figures: Sequence[Figure], labels: _Labels) -> Iterator[Line]:
    found = {figure.key: figure for figure in figures}
    items = list(dict.fromkeys(figure.item for figure in figures))

    def line(item: str, inner: Sequence[Line] = ()) -> Line:
        cells = [(measure_name(section, measure), found.get((section, item, measure))) for measure in _WIDE[section]]
        return Line(labels.of(item), cells, inner)

    outer = [item for item in items if item == "all" or section != "promises" or item in CHAPTERS]
    for item in outer:
        yield line(item, [line(one) for one in items if one not in outer and chapter_of(one) == item])
