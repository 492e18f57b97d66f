"""Words with one meaning: added, removed, taken from a table. The next search goes by them: they are read with each question."""

import csv
import io
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor

from .. import permissions
from ..models import Synonym
from ..stems import asking

#: Rows of one table, and characters of one group.
MOST_ROWS, MOST_WORDS = 2_000, 400


class BadGroup(ValueError):
    """These words cannot be a group; str() says why."""


class GroupGone(Exception):
    """Somebody removed it meanwhile."""

    def __init__(self) -> None:
        super().__init__(_("These words are gone already."))


@dataclass(frozen=True)
class BadRow:
    """A row of a table that cannot be taken: its line, what stands there, why not."""

    line: int
    row: str
    why: str


class BadRows(ValueError):
    """Nothing was taken: ``rows`` are those that are wrong."""

    def __init__(self, rows: list[BadRow]) -> None:
        self.rows = rows
        super().__init__(_("Nothing was taken. Mend the rows below and send all of them again."))


def add_group(*, language: str, words: str, by: Actor, at: datetime) -> Synonym:
    """Words (with commas between) that find each other from now on. Raises BadGroup, Forbidden."""
    permissions.check_may_publish_knowledge(by, at=at)
    words = _read(language, words.replace("，", ",").split(","))
    try:
        with transaction.atomic():
            return Synonym.objects.create(language=language, words=words, written_by=by.actor_label, written_at=at)
    except IntegrityError:
        raise BadGroup(_("These words stand here already.")) from None


def remove_group(*, key: int, by: Actor, at: datetime) -> None:
    """The words of a group (its key) find each other no more. Raises GroupGone, Forbidden."""
    permissions.check_may_publish_knowledge(by, at=at)
    if not Synonym.objects.filter(pk=key).delete()[0]:
        raise GroupGone


@transaction.atomic
def take_table(*, text: str, by: Actor, at: datetime) -> int:
    """Take a table: each row a language and the words of a group, each in a cell of its own. How many groups are new.

    All or nothing; groups that stand here already are passed over. Raises BadRows, Forbidden.
    """
    permissions.check_may_publish_knowledge(by, at=at)
    good: dict[tuple[str, str], None] = {}
    bad: list[BadRow] = []
    for line, cells in _rows(text, bad):
        language, words = cells[0].strip().lower(), cells[1:]
        try:
            good[language, _read(language, words)] = None
        except BadGroup as why:
            bad.append(BadRow(line, ", ".join(cells)[:120], str(why)))
    if bad or not good:
        raise BadRows(bad or [BadRow(1, "", _("There is no row with words."))])
    known = set(Synonym.objects.values_list("language", "words"))
    fresh = [group for group in good if group not in known]
    Synonym.objects.bulk_create(
        [Synonym(language=language, words=words, written_by=by.actor_label, written_at=at) for language, words in fresh]
    )
    return len(fresh)


def _rows(text: str, bad: list[BadRow]) -> list[tuple[int, list[str]]]:
    """Lines with something in them, but for a head that says what the columns are."""
    reader = csv.reader(io.StringIO(text.lstrip("\ufeff")), strict=True)
    found: list[tuple[int, list[str]]] = []
    try:
        for cells in reader:
            is_head = reader.line_num == 1 and cells and cells[0].strip().lower() == "language"
            if any(cell.strip() for cell in cells) and not is_head:
                found.append((reader.line_num, cells))
    except csv.Error:
        bad.append(BadRow(reader.line_num, "", _("This is no row of a table: look at its quotation marks.")))
    if len(found) > MOST_ROWS:
        bad.append(BadRow(MOST_ROWS + 1, "", _("At most %(count)s rows at once.") % {"count": MOST_ROWS}))
    return found[:MOST_ROWS]


def _read(language: str, cells: list[str]) -> str:
    """The words of a group as they are kept. Raises BadGroup."""
    if language not in dict(settings.LANGUAGES):
        raise BadGroup(_("We do not speak this language. It begins with zh-hans, en or ru."))
    members = list(dict.fromkeys(member for cell in cells for part in cell.split(",") if (member := " ".join(part.split()))))
    strange = next((member for member in members if not asking.phrase(member)), None)
    if strange is not None:
        raise BadGroup(_("Nobody can look for this: %(word)s") % {"word": strange})
    if len({asking.phrase(member) for member in members}) < 2:
        raise BadGroup(_("Two different words at least: one finds the other."))
    words = ", ".join(members)
    if len(words) > MOST_WORDS:
        raise BadGroup(_("At most %(count)s characters together.") % {"count": MOST_WORDS})
    return words
