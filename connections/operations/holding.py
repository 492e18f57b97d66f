"""The application as it is now, locked: whatever else happens with its case waits, and then sees what was done."""

from casework.models import Case
from casework.operations import Ended

from ..models import Application


def hold(application: Application) -> Application:
    """Lock the case of an application until the transaction ends, and read it anew. Raises Ended."""
    case = application.case
    held = Case.objects.select_for_update(no_key=True).get(pk=case.pk)
    for name in ("status", "version", "closed_at", "owner_id"):
        setattr(case, name, getattr(held, name))
    if not case.is_unfinished:
        raise Ended
    return application
