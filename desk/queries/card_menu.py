"""What else a clerk may do for the customer in front of the counter: each entry leads to a small page, or says why not."""

from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Account, GasCard
from accounts.permissions import Allowed, MissingVerb
from accounts.roles import Verb
from billing.models import TopUp
from billing.states import TopUpStatus

_YES = Allowed(yes=True)


@dataclass(frozen=True)
class Action:
    """An entry of the menu."""

    label: str
    url: str
    allowed: Allowed


def actions(account: Account, *, card: GasCard | None, lost: GasCard | None, verbs: frozenset[Verb]) -> list[Action]:
    """The menu about card and meter, in the order of a card's life; ``lost`` is the card that wants replacing when none is in use."""
    no_card = Allowed(yes=False, why=_("The account has no card in use."))
    never_had = Allowed(yes=False, why=_("The account has no card yet. Make the first one."))

    def action(label: str, route: str, verb: Verb, state: Allowed = _YES) -> Action:
        allowed = state if verb in verbs else Allowed(yes=False, why=str(MissingVerb(verb)))
        return Action(label, reverse(f"desk:{route}", args=[account.number]), allowed)

    return [
        action(_("First card"), "first_card", Verb.ISSUE_CARDS, _may_have_first(card, lost)),
        action(_("Replace the card"), "replacement", Verb.ISSUE_CARDS, _YES if card or lost else never_had),
        action(_("Report the card lost"), "loss", Verb.ISSUE_CARDS, _YES if card else no_card),
        action(_("Change the meter"), "meter_change", Verb.ISSUE_CARDS),
        action(_("Give volume"), "gift", Verb.APPROVE_ALLOWANCES, _YES if card else no_card),
    ]


def perhaps_lost(account: Account) -> TopUp | None:
    """The last purchase written for the meter in use, while nobody wrote it again: it went with its card unless the meter took it."""
    card = account.cards.filter(status=GasCard.Status.ACTIVE).first()
    if card is None:
        return None
    orders = TopUp.objects.filter(account=account, meter=card.meter_id)
    if orders.filter(Q(counter=card.counter) | Q(counter=None), kind=TopUp.Kind.LOST_GAS).exists():
        return None
    return orders.filter(counter=card.counter, counter__gt=0, status=TopUpStatus.WRITTEN).order_by("-pk").first()


def _may_have_first(card: GasCard | None, lost: GasCard | None) -> Allowed:
    """A first card begins to count at 0, so an account that lost one needs a replacement, which counts on."""
    if card:
        return Allowed(yes=False, why=_("The account has a card already."))
    return Allowed(yes=False, why=_("The last card was reported lost. Replace it.")) if lost else _YES
