"""What else a clerk may do for the customer in front of the counter: each entry leads to a small page, or says why not."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Account, GasCard
from accounts.permissions import Allowed, MissingVerb
from accounts.roles import Verb

_YES = Allowed(yes=True)


@dataclass(frozen=True)
class Action:
    """An entry of the menu."""

    label: str
    url: str
    allowed: Allowed


def actions(account: Account, card: GasCard | None, verbs: frozenset[Verb]) -> list[Action]:
    """The menu about card and meter, in the order of a card's life."""
    no_card = Allowed(yes=False, why=_("The account has no card in use."))
    has_card = Allowed(yes=False, why=_("The account has a card already."))

    def action(label: str, route: str, verb: Verb, state: Allowed = _YES) -> Action:
        allowed = state if verb in verbs else Allowed(yes=False, why=str(MissingVerb(verb)))
        return Action(label, reverse(f"desk:{route}", args=[account.number]), allowed)

    return [
        action(_("First card"), "first_card", Verb.ISSUE_CARDS, has_card if card else _YES),
        action(_("Replace the card"), "replacement", Verb.ISSUE_CARDS),
        action(_("Report the card lost"), "loss", Verb.ISSUE_CARDS, _YES if card else no_card),
        action(_("Change the meter"), "meter_change", Verb.ISSUE_CARDS),
        action(_("Give volume"), "gift", Verb.APPROVE_ALLOWANCES, _YES if card else no_card),
    ]
