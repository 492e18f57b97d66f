"""Begin a campaign: whom it converts is fixed on that day, so that its weekly samples are drawn from one list."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

import accounts.permissions
from accounts.models import Account, Customer, Territory, User
from accounts.roles import Verb

from ..models import Campaign


class NobodyThere(Exception):
    """A campaign without customers."""

    def __init__(self) -> None:
        super().__init__(_("Nobody with an open account lives there."))


class EndsBefore(Exception):
    """The last day lies before the first."""

    def __init__(self) -> None:
        super().__init__(_("The last day cannot be before the first."))


class NameTaken(Exception):
    """Campaigns are told apart by their names."""

    def __init__(self) -> None:
        super().__init__(_("There is a campaign of this name already."))


@transaction.atomic
def begin_campaign(*, name: str, territory: Territory, since: date, until: date, by: User, at: datetime) -> Campaign:
    """Everybody with an open account at or below a place. Raises EndsBefore, NameTaken, NobodyThere, Forbidden."""
    accounts.permissions.check_verb(by, Verb.SEE_BOARD, at=at)
    if until < since:
        raise EndsBefore
    if Campaign.objects.filter(name=name).exists():
        raise NameTaken
    there = Account.objects.filter(premises__territory__path__startswith=territory.path, status=Account.Status.OPEN)
    keys = list(Customer.objects.filter(accounts__in=there).order_by("pk").values_list("pk", flat=True).distinct())
    if not keys:
        raise NobodyThere
    campaign = Campaign.objects.create(name=name, since=since, until=until, made_by=by.actor_label)
    campaign.customers.set(keys)
    return campaign
