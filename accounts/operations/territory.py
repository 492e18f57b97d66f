"""Grow and mend the tree from province to unit; paths and written addresses follow."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Concat, Substr
from django.utils.translation import gettext as _

from accounts.actors import Actor

from .. import addresses, models
from ..signing import signed
from .search_text import reindex_accounts
from .service_areas import check_no_overlap

_LEVELS = list(models.Territory.Level.values)
_BATCH = 1000


class NameTaken(Exception):
    """Two places below the same one may not share a name."""

    def __init__(self, name: str) -> None:
        super().__init__(_("There is already a “%(name)s” at this place.") % {"name": name})


class WouldLoop(Exception):
    """A place cannot lie below itself or below something smaller than itself."""

    def __init__(self) -> None:
        super().__init__(_("A place can only lie inside a larger one."))


@dataclass(frozen=True, kw_only=True)
class NewPlace:
    """What a place is; ``area`` empty and ``at`` (latitude, longitude) None: as the one above."""

    level: str
    name: str
    code: str = ""
    area: str = ""
    at: tuple[float, float] | None = None


@transaction.atomic
def add_node(*, parent: models.Territory | None, place: NewPlace, by: Actor, at: datetime) -> models.Territory:
    """A new place below another (None: at the top). Raises WouldLoop for a wrong level, NameTaken for a double."""
    _check_below(parent, place.level)
    _check_name(parent, place.name)
    node = models.Territory(parent=parent, level=place.level, name=place.name.strip(), code=place.code, area=place.area, path="")
    node.latitude, node.longitude = place.at or (None, None)
    node.skip_history_when_saving = True  # type: ignore[attr-defined]  # the path needs the key first
    node.save()
    node.path = f"{parent.path if parent else '/'}{node.pk}/"
    del node.skip_history_when_saving  # type: ignore[attr-defined]
    signed(node, by=by, at=at).save(update_fields=["path"])
    return node


@transaction.atomic
def rename_node(*, node: models.Territory, name: str, by: Actor, at: datetime) -> int:
    """Another name for a place; every address below is written anew. Returns how many. Raises NameTaken."""
    _check_name(node.parent, name, but=node)
    node.name = name.strip()
    signed(node, by=by, at=at).save(update_fields=["name"])
    return _rewrite_addresses(node)


@transaction.atomic
def move_node(*, node: models.Territory, parent: models.Territory | None, by: Actor, at: datetime) -> int:
    """Hang a place with all below it elsewhere. Returns how many addresses changed.

    Raises WouldLoop, NameTaken, AreasOverlap when two service areas would cover one place.
    """
    node = models.Territory.objects.select_for_update(no_key=True).get(pk=node.pk)
    _check_below(parent, node.level)
    if parent and parent.path.startswith(node.path):
        raise WouldLoop
    _check_name(parent, node.name, but=node)
    old, new = node.path, f"{parent.path if parent else '/'}{node.pk}/"
    below = models.Territory.objects.filter(path__startswith=old)
    below.update(path=Concat(Value(new), Substr(F("path"), len(old) + 1)))
    node.parent, node.path = parent, new
    signed(node, by=by, at=at).save(update_fields=["parent", "path"])
    check_no_overlap()
    return _rewrite_addresses(node)


def chain_of(territory: models.Territory) -> list[models.Territory]:
    """From the root down to the place itself, in one query."""
    found = models.Territory.objects.in_bulk(territory.keys)
    return [found[key] for key in territory.keys]


def _check_below(parent: models.Territory | None, level: str) -> None:
    if parent and _LEVELS.index(level) <= _LEVELS.index(parent.level):
        raise WouldLoop


def _check_name(parent: models.Territory | None, name: str, but: models.Territory | None = None) -> None:
    same = models.Territory.objects.filter(parent=parent, name=name.strip())
    if same.exclude(pk=but.pk if but else 0).exists():
        raise NameTaken(name.strip())


def _rewrite_addresses(node: models.Territory) -> int:
    names = dict(models.Territory.objects.values_list("pk", "name"))
    below = models.Premises.objects.filter(territory__path__startswith=node.path).select_related("territory")
    changed = []
    for premises in below.iterator(chunk_size=_BATCH):
        chain = [names[key] for key in premises.territory.keys]
        premises.address = addresses.written([*chain, premises.door])
        changed.append(premises)
    models.Premises.objects.bulk_update(changed, ["address"], batch_size=_BATCH)
    accounts = models.Account.objects.filter(premises__territory__path__startswith=node.path)
    reindex_accounts(accounts.select_related("customer", "premises").prefetch_related("customer__phones", "cards"))
    return len(changed)
