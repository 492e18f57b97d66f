"""The one-time notices of an application, on the case's page and on the applicant's."""

from typing import Any

from django import template

from casework.models import Case

from ..models import OneTimeNotice
from ..states import CONNECTION

register = template.Library()


@register.inclusion_tag("connections/panel_told.html")
def told_of(case: Case, kind: str) -> dict[str, Any]:
    """What the applicant was told at once, and when. Empty for other kinds.

    ``kind`` is whose page it is: case (staff), cabinet, tracked.
    """
    if case.kind != CONNECTION.kind:
        return {}
    given = OneTimeNotice.objects.filter(application=case.pk).order_by("-pk")
    return {"given": given, "case": case, "kind": kind}
