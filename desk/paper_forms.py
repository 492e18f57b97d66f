"""Typical forms to print and fill in by hand (KB-04): applications, contracts, receipts, acts. Made by us. Data only.

What an online form asks is asked here too, so that paper brought to a hall can be taken in without asking again.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


@dataclass(frozen=True)
class PaperForm:
    """One form: what is filled in (``fields``; ``wide`` ones get several lines), what whoever signs confirms, who signs."""

    code: str
    kind: str | Promise
    title: str | Promise
    fields: tuple[str | Promise, ...]
    wide: tuple[str | Promise, ...] = ()
    clauses: tuple[str | Promise, ...] = ()
    signatures: tuple[str | Promise, ...] = ()


_APPLICATION, _CONTRACT = _("application"), _("contract")
_RECEIPT, _ACT = _("receipt"), pgettext_lazy("kind of paper", "act")
_WHO = (_("Name, or name of the organisation"), _("Paper of identity or registration: kind and number"))
_REACH = (_("Address"), _("Phone"), _("E-mail"))
_ACCOUNT = (_("Account number"), _("Meter number"))
_TRUE = _("What I wrote is true. I know that the company keeps these data to deal with my application and for as long as the law asks.")
_APPLICANT = (_("Applicant: date, signature"), _("Taken in by (number, date)"))
_BOTH = (_("Customer: date, signature"), _("For the company: name, date, signature"))

FORMS: tuple[PaperForm, ...] = (
    PaperForm(
        "connection",
        _APPLICATION,
        _("Application for gas"),
        (*_WHO, *_REACH, _("Address of the premises to be connected"), _("Owner of the premises"), _("A home, a business, a main line")),
        (_("Appliances and how many of each"), _("When gas is wanted; other wishes")),
        (_TRUE,),
        _APPLICANT,
    ),
    PaperForm(
        "service",
        _APPLICATION,
        _("Application for a service"),
        (*_WHO, *_REACH, *_ACCOUNT, _("Service")),
        (_("What is to be done, where, and when it suits you"),),
        (_TRUE,),
        _APPLICANT,
    ),
    PaperForm(
        "holder",
        _APPLICATION,
        _("Application to change the holder of an account"),
        (*_WHO, *_REACH, *_ACCOUNT, _("Holder until now"), _("Reading of the meter and its day")),
        (_("Why the holder changes, and the paper that proves it"),),
        (_("Both sides agree that gas up to this reading is settled by the holder until now, and gas after it by the new holder."), _TRUE),
        (_("Holder until now: date, signature"), _("New holder: date, signature"), _("Taken in by (number, date)")),
    ),
    PaperForm(
        "refund",
        _APPLICATION,
        _("Application to give money back"),
        (*_WHO, *_REACH, *_ACCOUNT, _("Receipt number"), _("Amount"), _("Way of payment, or bank account to pay to")),
        (_("Why"),),
        (_TRUE,),
        _APPLICANT,
    ),
    PaperForm(
        "supply",
        _CONTRACT,
        _("Contract on the supply of gas"),
        (*_WHO, *_REACH, *_ACCOUNT, _("Class of the price"), _("Contract number, day, place")),
        (),
        (
            _("The company delivers gas to the premises named above up to the meter, at any hour, while the rules of safety are kept."),
            _("The price is that of the price list in force on the day of use or purchase. A new list is published before it is in force."),
            _("The customer pays by bill, or beforehand on card or account. A bill names the day until which it is paid."),
            _("The customer reads the meter or lets it be read, leaves its seals alone, and lets a safety check in once a year."),
            _("The company announces planned interruptions 48 hours before, and tells at once where an accident turns the gas off."),
            _("Whoever smells gas closes the tap, opens the windows, touches no switch and rings the emergency line, at any hour."),
            _("The contract holds from the day of the last signature, without end. The customer ends it in writing, with a last reading."),
            _("What the two cannot settle is decided by the court of the place of supply. Complaints are answered by the company first."),
        ),
        _BOTH,
    ),
    PaperForm(
        "receipt",
        _RECEIPT,
        _("Receipt for money, taken by hand"),
        (
            _("Receipt number"),
            _("Received from"),
            *_ACCOUNT,
            _("Amount, in figures"),
            _("Amount, in words"),
            _("What is paid"),
            _("Way of payment"),
        ),
        (),
        (_("It holds only with the number of a receipt of the company, entered on the same day. Check the number on our site."),),
        (_("Paid by: signature"), _("Taken by: name, number, date, signature")),
    ),
    PaperForm(
        "reading",
        _ACT,
        _("Act of reading or checking a meter"),
        (*_WHO[:1], _("Address"), *_ACCOUNT, _("Reading, cubic metres"), _("Seals: numbers and state"), _("Reason for the visit")),
        (_("What was found"),),
        (_("Both keep one copy. Whoever does not agree writes it above the signature."),),
        _BOTH,
    ),
    PaperForm(
        "works",
        _ACT,
        _("Act of acceptance of works"),
        (*_WHO[:1], _("Address"), _("Account or application number"), _("Works began and ended on"), _("Price agreed")),
        (_("Works done and materials used"), _("Defects found, and until when they are mended")),
        (_("Tightness was tested before gas was let in. The customer was told how to use the appliances safely."),),
        _BOTH,
    ),
)


def form_named(code: str) -> PaperForm | None:
    """One of them."""
    return next((form for form in FORMS if form.code == code), None)
