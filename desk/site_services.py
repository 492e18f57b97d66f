"""The pages of main services (KB-04), for persons and for entities: the same list, in each other's words. Data only."""

from django.utils.translation import gettext_lazy as _

from .site_leaf import Door, Leaf

_CONTRACT, _COSTS, _SPECIAL = _("Conclude a contract"), _("List and cost of services"), _("Special conditions")
_READINGS, _SETTLEMENTS, _MEMO = _("Meter readings"), _("Settlements"), _("Client's memo")
_QUALITY = _("Quality indicators")
_APPLY = Door(_("Apply for gas"), "connections:apply")
_CHANGE = Door(_("Change the contract or its holder"), "complaints:reception_service")
_PRICES = (Door(_("All price lists"), "billing:tariff_list"), Door(_("Calculator"), "billing:calculator"))
_SEND = Door(_("Send a reading"), "desk:cabinet_readings")
_BILLS = (Door(_("My bills"), "desk:cabinet_bills"), Door(_("Check a receipt"), "billing:verify_start"))
_PROMISES = (
    Door(_("How we keep our word"), "desk:quality"),
    Door(_("Open score of every month"), "desk:score"),
    Door(_("Our promises"), "sla:our_promises"),
)

PERSONS = (
    Leaf(
        "contract",
        _CONTRACT,
        articles=("moving-in", "connect-a-home"),
        more=("connection-documents", "moving-out", "change-phone", "gas-on-day", "my-personal-data"),
        doors=(_APPLY, _CHANGE),
    ),
    Leaf(
        "costs",
        _COSTS,
        articles=("tier-prices",),
        more=("who-sets-prices", "connection-cost"),
        doors=_PRICES,
        live="costs",
        kept="services",
    ),
    Leaf(
        "special-conditions",
        _SPECIAL,
        articles=("low-income-benefit", "large-household", "heating-boiler-price"),
        more=("priority-register", "cannot-pay", "compensation"),
    ),
    Leaf(
        "readings",
        _READINGS,
        articles=("send-readings", "read-the-meter"),
        more=("forgot-readings", "meter-seems-wrong", "switch-to-connected-meter"),
        doors=(_SEND,),
    ),
    Leaf(
        "settlements",
        _SETTLEMENTS,
        articles=("understand-my-bill", "receipt-and-invoice"),
        more=("pay-a-bill", "auto-forecast", "refund-of-purchase", "cannot-pay"),
        doors=_BILLS,
    ),
    Leaf(
        "memo",
        _MEMO,
        articles=("safety-check",),
        more=("connection-documents", "top-up-at-the-hall", "lost-card", "meter-replacement", "repair-times", "make-a-complaint"),
        live="forms",
        kept="forms",
    ),
    Leaf("quality", _QUALITY, articles=("compensation",), doors=_PROMISES),
)
ENTITIES = (
    Leaf(
        "contract",
        _CONTRACT,
        articles=("connection-for-business",),
        more=("connection-documents", "connection-progress", "gas-steward", "gas-on-day", "send-somebody-else"),
        doors=(_APPLY, _CHANGE),
    ),
    Leaf(
        "costs",
        _COSTS,
        articles=("business-prices",),
        more=("who-sets-prices", "connection-cost"),
        doors=_PRICES,
        live="costs",
        kept="services",
    ),
    Leaf("special-conditions", _SPECIAL, articles=("priority-register", "gas-steward"), more=("compensation", "cannot-pay")),
    Leaf(
        "readings",
        _READINGS,
        articles=("send-readings", "switch-to-connected-meter"),
        more=("read-the-meter", "meter-seems-wrong"),
        doors=(_SEND,),
    ),
    Leaf(
        "settlements",
        _SETTLEMENTS,
        articles=("pay-a-bill", "receipt-and-invoice"),
        more=("understand-my-bill", "refund-of-purchase"),
        doors=_BILLS,
    ),
    Leaf(
        "memo",
        _MEMO,
        articles=("safety-check",),
        more=("connection-documents", "gas-steward", "renovation-and-pipes", "repair-times", "make-a-complaint"),
        live="forms",
        kept="forms",
    ),
    Leaf("quality", _QUALITY, articles=("compensation",), doors=_PROMISES),
)
