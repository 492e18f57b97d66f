"""Crews of one: whoever makes visits in person and is in no crew gets one, so that phone, board and offers are theirs like any crew's."""

import logging
from collections.abc import Collection
from datetime import datetime

from accounts.actors import System
from accounts.models import Staff

from ..models import Skill, Visit
from ..queries.in_person import crews_of_people, people_for
from .crews import CodeTaken, form_crew, join_crew

log = logging.getLogger(__name__)
BY = System("fieldwork.own_crews")


def form_missing(*, visits: Collection[Visit], at: datetime) -> None:
    """Form the crews that these visits lack. Joins the caller's transaction; where a code is taken a dispatcher must find somebody."""
    people = {who for who in people_for(visits, at).values() if who is not None}
    missing = people - set(crews_of_people(people, at))
    for staff in Staff.objects.filter(pk__in=missing).select_related("hall").order_by("pk"):
        try:
            _form(staff, at)
        except CodeTaken:
            log.error("no crew for one who goes alone", extra={"staff": staff.pk})


def _form(staff: Staff, at: datetime) -> None:
    code = f"S{staff.number}"[:8]
    crew = form_crew(code=code, name=staff.name, hall=staff.hall, skills=[Skill.STEWARD], territories=[], phone="", by=BY, at=at)
    join_crew(crew=crew, staff=staff, is_leader=True, by=BY, at=at)
