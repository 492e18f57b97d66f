"""Why money or a card was refused: one exception for each reason, with a code for machines and a sentence for people."""

from datetime import date
from typing import TYPE_CHECKING, ClassVar

from django.utils.translation import gettext as _

from accounts.permissions import Forbidden

from . import wording

if TYPE_CHECKING:
    from .models import TopUp


class Refused(Exception):
    """Something could not be done, and everything is as it was before. ``str()`` is the sentence for the reader."""

    code: ClassVar[str] = "refused"


class AccountFrozen(Refused):
    code = "account_frozen"

    def __init__(self, reason: str) -> None:
        super().__init__(_("The account is frozen: %(reason)s. Nothing can be sold until it is released.") % {"reason": reason})


class AccountClosed(Refused):
    code = "account_closed"

    def __init__(self) -> None:
        super().__init__(_("The account is closed."))


class NoCardMeter(Refused):
    code = "no_card_meter"

    def __init__(self) -> None:
        super().__init__(_("No card meter is installed at this account, so there is nothing a card could be written for."))


class NoPrepaidMeter(Refused):
    code = "no_prepaid_meter"

    def __init__(self) -> None:
        super().__init__(_("No meter is installed at this account that gas could be bought for in advance."))


class NoTariff(Refused):
    code = "no_tariff"

    def __init__(self, price_class: str) -> None:
        super().__init__(_("No price is in force for “%(class)s” today.") % {"class": price_class})


class NothingToBuy(Refused):
    code = "nothing_to_buy"

    def __init__(self) -> None:
        super().__init__(_("For this amount not even 0.01 m³ can be bought."))


class OverMeterCap(Refused):
    code = "over_meter_cap"

    def __init__(self, cap_litres: int) -> None:
        self.cap_litres = cap_litres
        super().__init__(_("The meter takes at most %(cap)s at once.") % {"cap": wording.cubic_metres(cap_litres)})


class OverLimit(Refused):
    """More than an order, a month or a year allows. ``frees_on`` is the day from which more can be bought, if any."""

    code = "over_limit"

    def __init__(self, which: str, *, limit_litres: int, left_litres: int, frees_on: date | None) -> None:
        self.which, self.limit_litres, self.left_litres, self.frees_on = which, limit_litres, left_litres, frees_on
        words = {"limit": wording.cubic_metres(limit_litres), "left": wording.cubic_metres(left_litres), "day": wording.day(frees_on)}
        sentences = {
            "order": _("One purchase may be at most %(limit)s."),
            "month": _("At most %(limit)s may be bought in a calendar month; %(left)s are left. More can be bought from %(day)s."),
            "year": _("At most %(limit)s may be bought in a tier year; %(left)s are left. More can be bought from %(day)s."),
        }
        super().__init__(sentences[which] % words)


class KeyReused(Refused):
    code = "key_reused"

    def __init__(self) -> None:
        super().__init__(_("This request was already used for another purchase. Begin again."))


class ClosedShift(Refused):
    code = "closed_shift"

    def __init__(self) -> None:
        super().__init__(_("This shift is counted or closed; money can only be taken in an open shift."))


class NotYourShift(Refused):
    code = "not_your_shift"

    def __init__(self) -> None:
        super().__init__(_("This is somebody else's till. Open a shift of your own."))


class NotEnoughMoney(Refused):
    code = "not_enough_money"

    def __init__(self, missing: int) -> None:
        self.missing = missing
        super().__init__(_("%(amount)s are missing.") % {"amount": wording.money(missing)})


class SlipMissing(Refused):
    code = "slip_missing"

    def __init__(self) -> None:
        super().__init__(_("Enter the number on the bank terminal's slip."))


class WrongCard(Refused):
    """``wanted`` is the number of the account's own card; whose card was shown instead is nobody's business here."""

    code = "wrong_card"

    def __init__(self, wanted: str = "") -> None:
        here = _("This is not the card of this account.")
        if wanted:
            then = _("Ask for card %(number)s; or read this one alone, to serve whoever it belongs to.") % {"number": wanted}
        else:
            then = _("The account has no card in use: make it one first.")
        super().__init__(f"{here} {then}")


class CardNotInUse(Refused):
    code = "card_not_in_use"

    def __init__(self, status: str) -> None:
        super().__init__(_("This card is not in use: %(status)s.") % {"status": status})


class NoCardIssued(Refused):
    code = "no_card_issued"

    def __init__(self) -> None:
        super().__init__(_("This account has no card in use. Issue one first."))


class WrongCounter(Refused):
    """The card's purchase counter is not the one we left on it: a copy, an old card, or a write we do not know of."""

    code = "wrong_counter"

    def __init__(self, *, expected: int, seen: int) -> None:
        self.expected, self.seen = expected, seen
        super().__init__(
            _("The purchase counter on the card is %(seen)s, but it should be %(expected)s. Do not write it; call the head of the hall.")
            % {"seen": seen, "expected": expected}
        )


class CardStillFull(Refused):
    code = "card_still_full"

    def __init__(self, litres: int) -> None:
        self.litres = litres
        super().__init__(
            _("The card still carries %(volume)s that the meter has not loaded. Put it into the meter first.")
            % {"volume": wording.cubic_metres(litres)}
        )


class CardBusy(Refused):
    """An order for this card is paid and not settled; it comes first."""

    code = "card_busy"

    def __init__(self, reference: str) -> None:
        self.reference = reference
        super().__init__(
            _("Purchase %(reference)s is paid and not on the card yet. Read the card and write that one first.") % {"reference": reference}
        )


class AssignmentWaiting(Refused):
    """An account cannot end while somebody wants to use held money for it."""

    code = "assignment_waiting"

    def __init__(self, reference: str) -> None:
        self.reference = reference
        sentence = _("Held money is asked for this account: %(reference)s. Somebody decides about it first.")
        super().__init__(sentence % {"reference": reference})


class StillUnwritten(Refused):
    """An account cannot end while gas is owed to it."""

    code = "still_unwritten"

    def __init__(self, reference: str) -> None:
        self.reference = reference
        super().__init__(
            _("Purchase %(reference)s is paid and not on the card yet. Write it or take it back, then close the account.")
            % {"reference": reference}
        )


class WaitingReversal(Refused):
    """An account cannot end while money may have to go back."""

    code = "waiting_reversal"

    def __init__(self, reference: str) -> None:
        self.reference = reference
        super().__init__(
            _("Purchase %(reference)s is to be taken back. Carry that out or refuse it, then close the account.") % {"reference": reference}
        )


class AlreadyWritten(Refused):
    code = "already_written"

    def __init__(self, top_up: "TopUp") -> None:
        super().__init__(
            _("Purchase %(reference)s needs no writing: %(status)s.")
            % {"reference": top_up.reference, "status": top_up.get_status_display()}
        )


class CardRuleBroken(Refused):
    """The counter table does not allow this on this card."""

    code = "card_rule_broken"

    def __init__(self, rule: str) -> None:
        self.rule = rule
        sentences = {
            "counter_is_zero": _("Nothing was ever written to this card, so nothing can have been lost from it or be taken off it."),
            "counter_not_zero": _("The credit of an old meter can only go on a new card."),
        }
        super().__init__(sentences[rule])


class ReasonMissing(Refused):
    code = "reason_missing"

    def __init__(self) -> None:
        super().__init__(_("Say why: the reason stays with the record."))


class HasCard(Refused):
    code = "has_card"

    def __init__(self, number: str) -> None:
        super().__init__(_("The account already has card %(number)s. Replace it instead.") % {"number": number})


class ChipNotNew(Refused):
    code = "chip_not_new"

    def __init__(self) -> None:
        super().__init__(_("The card on the reader is not a new one. Put a new card in."))


class MeterCounterNeeded(Refused):
    """A write nobody saw the end of, and no card to ask: the meter's own counter is the only witness left."""

    code = "meter_counter_needed"

    def __init__(self, reference: str) -> None:
        self.reference = reference
        super().__init__(
            _("Nobody knows whether purchase %(reference)s reached the old card. Enter the purchase counter that the meter shows.")
            % {"reference": reference}
        )


class NotLost(Refused):
    code = "not_lost"

    def __init__(self) -> None:
        super().__init__(_("Only the last purchase written to the card in use can be written again, and only once."))


class NotReversible(Refused):
    code = "not_reversible"

    def __init__(self, reference: str) -> None:
        super().__init__(_("Purchase %(reference)s cannot be taken back.") % {"reference": reference})


class AlreadyAsked(Refused):
    code = "already_asked"

    def __init__(self) -> None:
        super().__init__(_("Taking this purchase back has already been asked for."))


class OwnReversal(Refused, Forbidden):
    """Four eyes: also the reason beside a grey button."""

    code = "own_reversal"

    def __init__(self) -> None:
        super().__init__(_("Whoever asked cannot approve. Somebody else must look at it."))


class AboveYourLevel(Refused, Forbidden):
    """The head of a hall decides up to a sum; above it somebody who answers for more than one hall."""

    code = "above_your_level"

    def __init__(self, most: int) -> None:
        self.most = most
        super().__init__(_("From %(sum)s on, finance or the branch manager decides.") % {"sum": wording.money(most)})


class NotApproved(Refused):
    code = "not_approved"

    def __init__(self, status: str) -> None:
        super().__init__(_("This cannot be carried out: it is “%(status)s”.") % {"status": status})


class NotOnCard(Refused):
    code = "not_on_card"

    def __init__(self) -> None:
        super().__init__(_("The volume is not on the card any more: the meter has loaded it, so it cannot be taken back."))


class NotTakenOff(Refused):
    """The card did not take the cancelling write, or nobody knows."""

    code = "not_taken_off"

    def __init__(self, *, is_known: bool) -> None:
        super().__init__(
            _("The card was not written: the volume is still on it. Put it in and try again.")
            if is_known
            else _("Nobody knows yet whether the volume is off the card. Read the card, then carry this out again; no money before that.")
        )


class CardFirst(Refused):
    code = "card_first"

    def __init__(self) -> None:
        super().__init__(_("The volume is still on the card. Put the card in and take the volume off it before giving money back."))


class TillTooLow(Refused):
    code = "till_too_low"

    def __init__(self, held: int) -> None:
        super().__init__(_("There are only %(held)s in this till.") % {"held": wording.money(held)})


class BadTariff(Refused):
    """A price that cannot be published; ``rule`` says which rule it breaks."""

    code = "bad_tariff"

    def __init__(self, rule: str) -> None:
        self.rule = rule
        sentences = {
            "steps": _("The tiers must rise, and only the last one is without an upper bound."),
            "past": _("A new price can only begin after today: what was sold stays as it was sold."),
            "taken": _("This tariff already changes on that day."),
            "decision": _("Name the decision the price rests on."),
            "year": _("The tier year must begin on a day of the calendar."),
        }
        super().__init__(sentences[rule])


class BadAllowance(Refused):
    """An allowance that cannot be granted; ``rule`` says which rule it breaks."""

    code = "bad_allowance"

    def __init__(self, rule: str) -> None:
        self.rule = rule
        sentences = {
            "amount": _("Say how many persons live in the household, or how much is free each month."),
            "period": _("The last day must not lie before the first."),
            "proof": _("Name the paper you have seen."),
            "overlaps": _("The household already has such an allowance in this time. End it first."),
        }
        super().__init__(sentences[rule])
