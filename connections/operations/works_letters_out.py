"""Write to the applicant about what was found, and that gas is on."""

from datetime import date, datetime

from django.conf import settings
from django.utils import formats, translation

import notices.operations
from casework.models import Case, Event

from ..models import Application, Defect, GasOn


def say_corrections(*, application: Application, event: Event, at: datetime) -> None:
    """The whole list of what has to be corrected, at once (CON-06)."""
    found = Defect.objects.filter(pk__in=event.facts.get("defects", []), application=application)
    with translation.override(notices.operations.language_of(application.case)):
        lines = [f"{number}. {one.text} ({one.get_party_display()}, {_day(one.due_at)})" for number, one in enumerate(found, start=1)]
    context = {**notices.operations.words_about(application.case), "defects": "\n".join(lines)}
    _tell(application.case, "connection_corrections", event, context, at)


def say_gas_on(*, application: Application, event: Event, at: datetime) -> None:
    """Account number, first safety check, and what to do if it smells."""
    made = GasOn.objects.select_related("account").filter(application=application).first()
    if made is None:
        return
    with translation.override(notices.operations.language_of(application.case)):
        day = _day(made.inspect_by)
    context = {
        **notices.operations.words_about(application.case),
        "account": made.account.number,
        "day": day,
        "emergency": str(settings.COMPANY["hotline"]),
    }
    _tell(application.case, "connection_gas_on", event, context, at)


def _tell(case: Case, kind: str, event: Event, context: dict[str, object], at: datetime) -> None:
    key = f"{kind}:{case.pk}:{event.seq}"
    notices.operations.owe_to_asker(kind=kind, key=key, case=case, context=context, at=at)


def _day(moment: date) -> str:
    return formats.date_format(moment, "SHORT_DATE_FORMAT")
