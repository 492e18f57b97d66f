"""What a card read means, in one code with one sentence: the hall, a kiosk and the cabinet all say the same."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Diagnosis(models.TextChoices):
    """From the card itself, from the reader, and from what we know of the card."""

    READY = "ready", _("The card is in order.")
    NO_CARD = "no_card", _("There is no card on the reader. Put it in, chip first, and try again.")
    EMPTY = "empty", _("This is a new card; nothing was ever written to it.")
    DAMAGED = "damaged", _("The card cannot be read: its content is damaged. Replace it; paid gas is not lost.")
    FOREIGN = "foreign", _("This card belongs to another company or another city.")
    TOOL = "tool", _("This is a service card, not a customer's card.")
    WRONG_PASSWORD = "wrong_password", _("The card refused the write: it was written elsewhere since it was read. Read it again.")
    PULLED = "pulled", _("The card was taken out too early. Put it back and read it: it will tell what was written.")
    POWER_LOST = "power_lost", _("The reader lost power. Read the card again: it will tell what was written.")
    TOO_LARGE = (
        "too_large_for_card",
        _("A card cannot hold so large a number. Nothing was written; sell less, or call the head of the hall."),
    )
    UNKNOWN_CARD = "unknown_card", _("This card is not on file. Find the account by its number or address.")
    CARD_LOST = "card_lost", _("This card was reported lost. Keep it and call the head of the hall.")
    CARD_REPLACED = "card_replaced", _("This card was replaced by a new one and cannot be used any more.")
    CARD_RETURNED = "card_returned", _("This card was handed back and cannot be used any more.")
    WRONG_COUNTER = (
        "wrong_counter",
        _("The purchase counter on the card does not fit our records. Call the head of the hall."),
    )
    NOT_SETTLED = "not_settled", _("An earlier write cannot be judged from this card. Call the head of the hall.")
    STILL_FULL = "still_full", _("The card carries gas that the meter has not loaded. Put it into the meter first.")
    UNWRITTEN = "unwritten", _("A paid purchase is not on the card yet. Write it first.")
    ACCOUNT_FROZEN = "account_frozen", _("The card is in order, but the account is frozen.")
    ACCOUNT_CLOSED = "account_closed", _("The account of this card is closed.")
    FAULT = "fault", _("The reader reports a fault. Try again; if it stays, use another counter.")


class MeterDiagnosis(models.TextChoices):
    """How a connected meter stands: one code with one sentence for hall, hotline, kiosk, cabinet and API."""

    READY = "meter_ready", _("The meter is in order and its valve is open.")
    NEVER_HEARD = "never_heard", _("The meter has not reported yet.")
    SILENT = (
        "silent",
        _("The meter has not reported for days: battery or reception. Press its communication key; if nothing changes, report it."),
    )
    LOW = "low", _("Little credit is left. Buy soon, so that the gas does not stop.")
    ON_EMERGENCY = "on_emergency", _("The credit is used up and the meter is lending gas. The next purchase pays it back first.")
    ON_ITS_WAY = (
        "on_its_way",
        _("Paid. The meter fetches it when it connects next; pressing its communication key fetches it at once."),
    )
    SENT = "sent", _("Paid and sent. The meter has not confirmed yet.")
    RECHARGE_LATE = (
        "recharge_late",
        _("Paid, but the meter has not come for it. Press its communication key; if nothing changes, report it. The money is safe."),
    )
    RECHARGE_WITHDRAWN = "recharge_withdrawn", _("Paid, and called back before the meter fetched it. The money is safe.")
    CREDIT_USED_UP = "credit_used_up", _("The credit is used up and the valve is closed. A short press of the key lends some gas.")
    EMERGENCY_USED_UP = (
        "emergency_used_up",
        _("The lent gas is used up too and the valve is closed. Buy gas; when it has arrived, press the red key for three seconds."),
    )
    IDLE = "idle", _("No gas was used for many days, so the valve has closed. A short press of the key opens it.")
    TAMPERED = "tampered", _("The meter reports that it was tampered with, and has closed its valve. Somebody has to come and look.")
    BATTERY_LOW = "battery_low", _("The battery is low, so the valve has closed. Change the battery, then press the key.")
    CLOSED_BY_COMPANY = "closed_by_company", _("The company has closed the valve. Please ring us.")
    PRESS_KEY = "press_key", _("The valve may be opened: close all taps, then press the key on the meter.")
    PRESS_RED_KEY = "press_red_key", _("The valve may be opened: close all taps, then press the red key for three seconds.")
    ACCOUNT_FROZEN = "meter_account_frozen", _("The meter is in order, but the account is frozen.")
    ACCOUNT_CLOSED = "meter_account_closed", _("The account of this meter is closed.")


class PaymentState(models.TextChoices):
    """How it stands with an online payment: whoever is asked, page, hotline, hall or another system, gives this answer."""

    WAITING = "waiting", _("No payment for this has reached us yet.")
    NOT_ON_CARD = "not_on_card", _("It is paid, and the gas is not on the card yet. Any kiosk or counter writes it.")
    ON_ITS_WAY = "on_its_way", _("It is paid and on its way to the meter, which takes it when it next connects.")
    DELIVERED = "delivered", _("It is paid and delivered.")
    BILL_PAID = "bill_paid", _("The bill is paid.")
    CHARGE_PAID = "charge_paid", _("The works are paid.")
    TAKEN_BACK = "taken_back", _("The purchase was taken back; the money goes back the way it came.")
    GOING_BACK = "going_back", _("Money came in that could not be used for this. It goes back the way it came.")
    GIVEN_BACK = "given_back", _("Money that could not be used for this was given back.")
    USED_OTHERWISE = "used_otherwise", _("Money that could not be used for this was used otherwise, as agreed.")
    CANCELLED = "cancelled", _("This was cancelled. If it was paid all the same, the money goes back the way it came.")
    EXPIRED = "expired", _("This was not paid in time. If you paid all the same, it is found within a day and still counts.")
