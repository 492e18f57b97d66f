"""Who changed what about an account and its customer, when: read from the history tables, newest first."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby, pairwise
from operator import attrgetter
from typing import Any

from django.db.models import Field, Model
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from .. import masking, models

_SECRET = frozenset({"id_number_sealed", "id_number_digest", "search", "password"})
#: Shown masked, as on the page around it.
_MASKS: Mapping[tuple[type[Model], str], Callable[[str], str]] = {
    (models.Phone, "number"): masking.mask_phone,
    (models.Customer, "email"): masking.mask_email,
    (models.Customer, "id_number_tail"): masking.mask_identity,
}


@dataclass(frozen=True)
class Change:
    """One line: what was changed from what to what."""

    at: datetime
    by: str
    subject: str
    what: str
    old: str
    new: str


def changes_of(account: models.Account, *, limit: int = 50) -> list[Change]:
    """The last changes of the account, its customer, phones, meters and cards. Phones and e-mail are masked, secrets left out."""
    sources: Sequence[tuple[Any, dict[str, Any]]] = (
        (models.Account, {"id": account.pk}),
        (models.Customer, {"id": account.customer_id}),
        (models.Phone, {"customer_id": account.customer_id}),
        (models.Meter, {"account_id": account.pk}),
        (models.GasCard, {"account_id": account.pk}),
    )
    found = [change for model, which in sources for change in _changes(model, which, limit)]
    return sorted(found, key=lambda change: change.at, reverse=True)[:limit]


def _changes(model: type[Model], which: dict[str, Any], limit: int) -> Iterator[Change]:
    rows = model.history.filter(**which).select_related("history_user__staff").order_by("-history_date", "-history_id")  # type: ignore[attr-defined]
    # The newest of all phones or cards together, then each one's own story.
    newest = sorted(rows[: limit * 2], key=attrgetter("id"))
    for _key, group in groupby(newest, key=attrgetter("id")):
        versions = list(group)
        for newer, older in pairwise([*versions, versions[-1].prev_record]):
            yield from _between(model, newer, older)


def _between(model: type[Model], newer: Any, older: Any | None) -> Iterator[Change]:
    subject = str(model._meta.verbose_name)
    if newer.history_type == "-":
        yield Change(newer.history_date, _who(newer), subject, _("removed"), "", "")
    elif older is None:
        yield Change(newer.history_date, _who(newer), subject, _("registered"), "", "")
    else:
        for field in _visible(model):
            before, after = getattr(older, field.attname), getattr(newer, field.attname)
            if before != after:
                yield Change(
                    newer.history_date,
                    _who(newer),
                    subject,
                    str(field.verbose_name),
                    _words(model, field, before),
                    _words(model, field, after),
                )


def _visible(model: type[Model]) -> "list[Field[Any, Any]]":
    return [field for field in model._meta.concrete_fields if field.name not in _SECRET and not field.primary_key]


def _words(model: type[Model], field: "Field[Any, Any]", value: Any) -> str:
    if value is None or value == "":
        return _("nothing")
    if field.flatchoices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(value, datetime):
        return formats.date_format(timezone.localtime(value), "SHORT_DATETIME_FORMAT")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return _MASKS.get((model, field.name), str)(str(value))


def _who(row: Any) -> str:
    user = row.history_user
    if user is None:
        return _("the system")
    staff = getattr(user, "staff", None)
    return str(staff) if staff else _("the customer")
