"""Made-up rows for the gallery of components. Nothing here is stored."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.core.paginator import Page, Paginator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.permissions import Allowed
from billing.models import TopUp
from billing.states import TopUpStatus


@dataclass(frozen=True)
class Tier:
    """A step of a made-up tariff."""

    upper_litres: int | None


@dataclass(frozen=True)
class Step:
    """A step of a made-up way."""

    label: str
    state: str
    note: str = ""


@dataclass(frozen=True)
class Happening:
    """A line of a made-up timeline."""

    at: datetime
    text: str
    by: str = ""
    note: str = ""


class SampleForm(forms.Form):
    """One field of each kind."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=40)
    volume = forms.CharField(label=gettext_lazy("Volume"), help_text=gettext_lazy("In cubic metres, for example 60 or 42,5"))
    method = forms.ChoiceField(
        label=gettext_lazy("How do you pay?"),
        choices=[("cash", gettext_lazy("Cash")), ("bank_card", gettext_lazy("Bank card"))],
        widget=forms.RadioSelect,
    )
    reason = forms.ChoiceField(label=gettext_lazy("Reason"), choices=[("", "-"), ("worn", gettext_lazy("Worn out"))])
    seen = forms.BooleanField(label=gettext_lazy("I have seen the identity card"))


def samples(at: datetime) -> dict[str, Any]:
    """Everything the gallery shows, around the moment ``at``."""
    return {
        "now": at,
        "soon": at + timedelta(minutes=18),
        "late": at - timedelta(minutes=5),
        "far": at + timedelta(days=3),
        "refusal": Allowed(yes=False, why=_("Only the head of the hall may do this.")),
        "top_ups": [TopUp(reference=f"T-{n:05d}", status=status, litres=60_000, amount=17_100) for n, status in enumerate(TopUpStatus, 1)],
        "tiers": [Tier(400_000), Tier(1_000_000), Tier(None)],
        "facts": [(_("Account"), "3713240017"), (_("Meter"), "G2.5, M000000012"), (_("Price class"), _("resident"))],
        "steps": [Step(_("Read the card"), "done"), Step(_("Choose the volume"), "now", _("volume or amount")), Step(_("Pay"), "next")],
        "events": [Happening(at - timedelta(minutes=4), _("Paid in cash"), "017"), Happening(at, _("Written to the card"), "017")],
        "page": _second_page(),
        "form": SampleForm({"name": "王芳", "volume": "six"}),
        "fine_form": SampleForm(prefix="fine"),
    }


def _second_page() -> Page[int]:
    return Paginator(range(60), 20).page(2)
