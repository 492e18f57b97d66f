"""The application as it is now, locked: whatever else happens with its case waits, and then sees what was done.

The case before its timeline, as everywhere (docs/decisions/0014).
"""

from casework.models import Case
from casework.operations import Ended

from ..models import Application


def hold_case(case: Case) -> Case:
    """Lock a case until the transaction ends, over or not, and read anew what others may have changed."""
    held = Case.objects.select_for_update(no_key=True).get(pk=case.pk)
    for name in ("status", "version", "closed_at", "owner_id", "asker_id"):
        setattr(case, name, getattr(held, name))
    return case


def hold(application: Application) -> Application:
    """The same for an application that is not over. Raises Ended."""
    if not hold_case(application.case).is_unfinished:
        raise Ended
    return application
