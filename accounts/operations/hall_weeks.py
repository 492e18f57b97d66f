"""Weeks of halls as they were from a moment on, for whoever counts by them."""

from datetime import datetime

from django.db import transaction

from accounts.actors import Actor

from .. import models


@transaction.atomic
def keep_week(*, hall: models.Hall, by: Actor, at: datetime) -> models.HallWeek | None:
    """Keep the hours of a hall as they are by now as a week of their own; nothing where they are what was kept last.

    For whoever wrote HallHours. What was promised by the week before goes on by it.
    """
    models.Hall.objects.select_for_update(no_key=True).get(pk=hall.pk)
    weekly: dict[str, list[list[str]]] = {}
    for row in hall.hours.order_by("weekday", "opens"):
        weekly.setdefault(str(row.weekday), []).append([f"{row.opens:%H:%M}", f"{row.closes:%H:%M}"])
    last = hall.weeks.order_by("-number").first()
    if weekly == (last.weekly if last else {}):
        return None
    return models.HallWeek.objects.create(
        hall=hall, number=last.number + 1 if last else 1, since=at, weekly=weekly, written_by=by.actor_label
    )
