"""What a kiosk prints: a few short lines in the language the customer chose, with no name and no address on them."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from accounts.models import Hall
from casework.models import Case
from casework.references import grouped

from . import verification, wording
from .devices.cards import CardFault
from .diagnoses import Diagnosis
from .models import TopUp
from .states import TopUpStatus


@dataclass(frozen=True)
class Slip:
    """``title`` large, then ``lines``."""

    title: str
    lines: Sequence[str]


def of_write(top_up: TopUp, *, reason: Diagnosis | None, case: Case | None, hall: Hall) -> Slip:
    """What became of a write: what is on the card now, or why it is not and who sees to it."""
    about = [_("Purchase: %(reference)s") % {"reference": top_up.reference}]
    about.append(_("Volume: %(volume)s") % {"volume": wording.cubic_metres(top_up.litres)})
    if top_up.status == TopUpStatus.WRITTEN:
        return Slip(
            _("Written to the card"), [*about, _("Put the card into your meter now, chip first, and leave it in for five seconds.")]
        )
    why = [str(reason.label)] if reason else []
    paid = _("Your gas is paid for and not lost. Put the card in again, here or at any hall or kiosk.")
    title = _("Nobody knows yet whether it is on the card") if top_up.is_unsure else _("Not written to the card")
    return Slip(title, [*about, *why, paid, *_hall_sees_to_it(case, hall)])


def of_sale(top_up: TopUp, *, change: int) -> Slip:
    """What was paid: the receipt's number and the code by which anybody can check it."""
    lines = [
        _("Purchase: %(reference)s") % {"reference": top_up.reference},
        _("Volume: %(volume)s") % {"volume": wording.cubic_metres(top_up.litres)},
        _("Paid: %(amount)s") % {"amount": wording.money(top_up.amount)},
    ]
    if change:
        lines.append(_("Change: %(amount)s") % {"amount": wording.money(change)})
    for receipt in top_up.receipts_at_hand or []:
        lines.append(_("Receipt: %(number)s") % {"number": receipt.full_number})
        lines.append(_("Check it at %(site)s: %(code)s") % {"site": settings.SITE_URL, "code": verification.in_groups(receipt.code)})
    return Slip(str(settings.COMPANY["name"]), lines)


def reason_of(fault: str | CardFault) -> Diagnosis | None:
    """The code of a fault as the one diagnosis; None for none."""
    code = fault.code if isinstance(fault, CardFault) else fault
    return Diagnosis(code) if code in Diagnosis.values else None


def _hall_sees_to_it(case: Case | None, hall: Hall) -> list[str]:
    if case is None:
        return []
    told = {"hall": hall.name, "reference": grouped(case.reference), "hotline": settings.COMPANY["hotline"]}
    return [_("%(hall)s knows of it: request %(reference)s. Questions: %(hotline)s.") % told]
