"""Accounts by number and by who is bound to them."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from .. import models


class AccountNotFound(Exception):
    """No account has this number."""

    def __init__(self) -> None:
        super().__init__(_("There is no account with this number."))


def get_account(number: str) -> models.Account:
    """The account with its customer and premises. Raises AccountNotFound."""
    account = models.Account.objects.select_related("customer", "premises").filter(number=number).first()
    if account is None:
        raise AccountNotFound
    return account


def bound_accounts(user: models.User) -> QuerySet[models.Account]:
    """The accounts in this user's cabinet now, their own before those they only pay for (``is_household``), then as they were bound."""
    living = models.Account.objects.filter(bindings__user=user, bindings__unbound_at__isnull=True)
    living = living.annotate(is_household=Q(bindings__role__in=[models.Binding.Role.HOLDER, models.Binding.Role.FAMILY]))
    return living.select_related("customer", "premises__territory").order_by("-is_household", "bindings__bound_at", "pk")
