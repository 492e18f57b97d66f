"""Turn the gas on again for somebody whose supply was stopped: after debt, danger, or at their wish."""

from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

import fieldwork.operations
from accounts.actors import Actor
from casework.operations import Opening, open_case
from fieldwork.models import Skill, Visit
from fieldwork.operations import Place

from .. import matters, permissions
from ..models import Restoration
from ..queries.places import locate
from ..states import RESTORATION


class NoAccount(Exception):
    """Gas is turned on for an account."""

    def __init__(self) -> None:
        super().__init__(_("Choose the account whose gas is to be turned on again."))


class UnknownCause(Exception):
    """Why the gas was off is one of the causes we know."""

    def __init__(self) -> None:
        super().__init__(_("Choose why the gas was off."))


@transaction.atomic
def ask_restoration(*, opening: Opening, cause: str, text: str = "", by: Actor, at: datetime) -> Restoration:
    """Accept the wish (its promise runs from now, or from when work starts again) and ask for a crew to turn the gas on.

    The opening's kind and subject are ours to fill in. Raises NoAccount, UnknownCause, Forbidden.
    """
    permissions.check_may_take_down(by, at=at)
    if opening.account is None:
        raise NoAccount
    if cause not in Restoration.Cause.values:
        raise UnknownCause
    where = locate(premises=opening.account.premises, words="", point=None)
    case = open_case(opening=_filled(opening, cause, where.area), by=by, at=at)
    row = Restoration.objects.create(case=case, cause=cause, text=text.strip())
    fieldwork.operations.ask_visit(
        timeline=case.timeline,
        case=case,
        purpose=Visit.Purpose.RESTORATION,
        skill=Skill.INDOOR,
        urgency=case.urgency,
        place=Place(where.territory, where.latitude, where.longitude),
        by=by,
        at=at,
    )
    return row


def _filled(opening: Opening, cause: str, area: str) -> Opening:
    return replace(opening, kind=RESTORATION.kind, matter=matters.of_restoration(cause), subject="", area=area)
