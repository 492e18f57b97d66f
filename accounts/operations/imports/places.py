"""The territory tree in memory while an import runs, and the places it adds below the county."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from accounts.actors import Actor

from ... import models
from ...importing import PLACES, Row

_MUST_EXIST = frozenset({"province", "city", "county"})


class Places:
    """Parent and name -> key, for every place there is."""

    def __init__(self, *, makes: bool) -> None:
        self.makes = makes
        rows = models.Territory.objects.values_list("pk", "parent_id", "name", "path")
        self._keys: dict[tuple[int | None, str], int] = {}
        self._paths: dict[int, str] = {}
        for pk, parent, name, path in rows.iterator():
            self._keys[parent, name], self._paths[pk] = pk, path

    def key(self, row: Row) -> int | None:
        """The smallest place of a row; None while it does not exist."""
        here: int | None = None
        for _level, name in row.places:
            here = self._keys.get((here, name))
            if here is None:
                return None
        return here

    def made(self, row: Row) -> int:
        """The smallest place of a row, after ``make``."""
        found = self.key(row)
        assert found is not None
        return found

    def fault(self, row: Row) -> tuple[str, str] | None:
        """The column of the first place that is unknown and may not be made."""
        here: int | None = None
        for level, name in row.places:
            here = self._keys.get((here, name))
            if here is None:
                is_known_or_new = self.makes and level not in _MUST_EXIST
                return None if is_known_or_new else (level, _("is not in the territory tree"))
        return None

    def make(self, rows: Sequence[Row], *, by: Actor, at: datetime) -> None:
        """Add what is missing, the larger before the smaller."""
        for level in PLACES:
            missing = {(parent, name): level for row in rows if (found := self._missing(row, level)) for parent, name in [found]}
            if missing:
                self._add(level, list(missing), by, at)

    def _missing(self, row: Row, wanted: str) -> tuple[int | None, str] | None:
        here: int | None = None
        for level, name in row.places:
            parent, here = here, self._keys.get((here, name))
            if here is None:
                return (parent, name) if level == wanted else None
        return None

    def _add(self, level: str, places: list[tuple[int | None, str]], by: Actor, at: datetime) -> None:
        new = [models.Territory(parent_id=parent, level=level, name=name, path="") for parent, name in places]
        nodes = models.Territory.objects.bulk_create(new, batch_size=500)
        for node in nodes:
            node.path = f"{self._paths[parent] if (parent := node.parent_id) else '/'}{node.pk}/"
            self._keys[node.parent_id, node.name], self._paths[node.pk] = node.pk, node.path
        models.Territory.objects.bulk_update(nodes, ["path"], batch_size=500)
        models.Territory.history.bulk_history_create(nodes, default_change_reason=by.actor_label, default_date=at)
