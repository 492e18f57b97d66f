"""Book a time at a hall: on the public page, in the cabinet, for a caller; choose another one; find one's own."""

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Account
from accounts.phones import read_phone


class TimeForm(forms.Form):
    """One of the times on the page; ``version`` is of the appointment as it was shown."""

    starts_at = forms.CharField(label=gettext_lazy("Time"), max_length=40, error_messages={"required": gettext_lazy("Choose a time.")})
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def clean_starts_at(self) -> datetime:
        """The moment it begins."""
        try:
            moment = datetime.fromisoformat(self.cleaned_data["starts_at"])
        except ValueError:
            moment = None
        if moment is None or moment.tzinfo is None:
            raise ValidationError(_("Choose a time."))
        return moment


class OwnBookingForm(TimeForm):
    """In the cabinet: we know who it is."""

    note = forms.CharField(
        label=gettext_lazy("What it is about, in a few words"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Only if you like: so that we have your papers ready."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class PublicBookingForm(OwnBookingForm):
    """For anybody, without signing in."""

    name = forms.CharField(
        label=gettext_lazy("Your name"),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        help_text=gettext_lazy("We call you by it in the hall."),
    )
    phone = forms.CharField(
        label=gettext_lazy("Your phone"),
        max_length=60,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
        help_text=gettext_lazy("We send the number of your appointment there, a reminder, and word if anything changes."),
    )
    field_order = ["starts_at", "name", "phone", "note", "version"]

    def clean_phone(self) -> str:
        """In E.164; what cannot be rung is asked for again."""
        typed: str = self.cleaned_data["phone"].strip()
        number = read_phone(typed)
        if typed and not number:
            raise ValidationError(_("We cannot read this number. Write it like 138 0013 8000 or 0539-512 6119."))
        return number


class StaffBookingForm(PublicBookingForm):
    """For a caller, or for somebody at the counter. One of phone and account is needed: who has neither cannot be told anything."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=80, required=False, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    phone = forms.CharField(
        label=gettext_lazy("Phone"), max_length=60, required=False, widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"})
    )
    account = forms.CharField(
        label=gettext_lazy("Account number"),
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        help_text=gettext_lazy("Without a phone we write the way the customer of this account chose."),
    )
    field_order = ["starts_at", "name", "phone", "account", "note", "version"]

    def clean_account(self) -> Account | None:
        """The account of this number."""
        typed = self.cleaned_data["account"].replace(" ", "")
        if not typed:
            return None
        found = Account.objects.select_related("customer").filter(number=typed).first()
        if found is None:
            raise ValidationError(_("No account has this number."))
        return found

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and not data.get("account") and not (data.get("phone") and data.get("name")):
            raise ValidationError(_("Write down name and phone, or the account."), code="nobody")
        return data


class FindForm(forms.Form):
    """The number of an appointment and its code, as they stand on the page after booking."""

    reference = forms.CharField(
        label=gettext_lazy("Number of the appointment"), max_length=20, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    code = forms.CharField(label=gettext_lazy("Code"), max_length=20, widget=forms.TextInput(attrs={"autocomplete": "off"}))


class CaseForm(forms.Form):
    """Which matter the talk was about."""

    reference = forms.CharField(
        label=gettext_lazy("Reference of the case"), max_length=20, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
