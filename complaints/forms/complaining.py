"""Complaining: on the public page, in the cabinet, and taken down by staff. What was typed is never lost, however long."""

from typing import Any

from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Account, Hall, Staff
from accounts.phones import read_phone
from accounts.roles import GRANTS, Role, Verb
from casework import references
from casework.models import Case, Channel, Origin

from ..models import About, Way

_NOTHING = ("", gettext_lazy("nobody in particular"))
DEPARTMENTS = [_NOTHING, *((role.value, role.label) for role in Role if Verb.HANDLE_CASES in GRANTS[role])]
_LOOKS_UP = ("", gettext_lazy("I look it up myself, with the code"))
_PUBLIC_WAYS = [_LOOKS_UP, *((way.value, way.label) for way in (Way.CALL, Way.SMS, Way.EMAIL, Way.LETTER))]
_CABINET_WAYS = [(way.value, way.label) for way in (Way.CABINET, Way.CALL, Way.SMS, Way.LETTER)]
_STAFF_WAYS = [("", gettext_lazy("they look it up with the code")), *Way.choices]
_STAFF_CHANNELS = (Channel.PHONE, Channel.HALL, Channel.LETTER, Channel.EMAIL, Channel.STAFF)
#: The same fields, when they are filled in for somebody.
_STAFF_LABELS = {
    "text": gettext_lazy("In their words"),
    "about": gettext_lazy("About"),
    "name": gettext_lazy("Name"),
    "phone": gettext_lazy("Phone"),
    "email": gettext_lazy("E-mail"),
    "address": gettext_lazy("Postal address"),
    "staff_number": gettext_lazy("Staff number of whom it is about"),
    "accused_words": gettext_lazy("Or in words: who it was"),
    "hall": gettext_lazy("Hall"),
}
_FIRST = ("about", "text", "hall", "accused_words", "staff_number", "about_reference")
_HALLS = Hall.objects.exclude(kind=Hall.Kind.ONLINE).order_by("name")


class Complaining(forms.Form):
    """What every way of complaining asks: about what, what happened, who."""

    about = forms.ChoiceField(
        label=gettext_lazy("What kind of wrong was it?"),
        choices=About.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what it is about.")},
    )
    # No maximum here: who writes a book is told so by the operation, with both numbers, and keeps what was typed.
    text = forms.CharField(
        label=gettext_lazy("What happened?"),
        widget=forms.Textarea(attrs={"rows": 7}),
        help_text=gettext_lazy("When, where, what was said or done, and what you would like us to do. Pictures can be added afterwards."),
        error_messages={"required": gettext_lazy("Say in words what happened, as short as you like.")},
    )
    hall = forms.ModelChoiceField(
        _HALLS, label=gettext_lazy("In which hall?"), required=False, empty_label=gettext_lazy("in none, or I do not know")
    )
    accused_words = forms.CharField(
        label=gettext_lazy("Who was it?"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("A name, or how somebody looked. They do not get to see your complaint."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    staff_number = forms.CharField(
        label=gettext_lazy("Their staff number, if you heard it"),
        max_length=8,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    about_reference = forms.CharField(
        label=gettext_lazy("Reference of the request or complaint it is about"),
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def grievance(self) -> dict[str, Any]:
        """What was filled in, as a Grievance wants it. Numbers that nobody has stay with the words: nobody learns which exist."""
        given = self.cleaned_data
        staff = Staff.objects.filter(number=given["staff_number"].strip(), left_at=None).first() if given["staff_number"].strip() else None
        about = references.tidy(given["about_reference"])
        about_case = Case.objects.filter(reference=about).first() if about else None
        unread = [given["staff_number"]] * (staff is None) + [given["about_reference"]] * (about_case is None)
        words = " · ".join(word.strip() for word in (given["accused_words"], *unread) if word.strip())
        # A clerk of a hall is meant, not the whole hall, where somebody in it is named.
        hall = given["hall"] if staff is None else None
        names = ("about", "text", "wanted_way")
        return {**{name: given[name] for name in names}, "hall": hall, "accused_words": words, "staff": staff, "about_case": about_case}


class _Reached(forms.Form):
    """Where an answer goes. All of it is of free choice."""

    name = forms.CharField(
        label=gettext_lazy("Your name"), max_length=120, required=False, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    phone = forms.CharField(
        label=gettext_lazy("Your phone"),
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )
    email = forms.EmailField(label=gettext_lazy("Your e-mail"), required=False, widget=forms.EmailInput(attrs={"autocomplete": "email"}))
    address = forms.CharField(
        label=gettext_lazy("Your postal address"),
        max_length=240,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
    )

    def clean_phone(self) -> str:
        """In E.164; what cannot be rung is asked for again."""
        typed: str = self.cleaned_data["phone"].strip()
        number = read_phone(typed)
        if typed and not number:
            raise forms.ValidationError(_("We cannot read this number. Write it like 138 0013 8000 or 0539-512 6119, or leave it empty."))
        return number

    def reached(self) -> dict[str, str]:
        """Name, phone, e-mail and address."""
        return {name: self.cleaned_data[name] for name in ("name", "phone", "email", "address")}


class PublicComplaintForm(Complaining, _Reached):
    """For anybody, without signing in, without a name if they like."""

    wanted_way = forms.ChoiceField(
        label=gettext_lazy("How would you like our answer?"), choices=_PUBLIC_WAYS, required=False, widget=forms.RadioSelect, initial=""
    )
    field_order = (
        "about",
        "text",
        "hall",
        "accused_words",
        "staff_number",
        "about_reference",
        "wanted_way",
        "phone",
        "email",
        "address",
        "name",
    )


class CabinetComplaintForm(Complaining):
    """For whoever signed in: we know how to reach them."""

    account = forms.ModelChoiceField(
        Account.objects.none(), label=gettext_lazy("For which account?"), required=False, empty_label=gettext_lazy("for none")
    )
    wanted_way = forms.ChoiceField(
        label=gettext_lazy("How would you like our answer?"), choices=_CABINET_WAYS, widget=forms.RadioSelect, initial=Way.CABINET
    )
    address = forms.CharField(
        label=gettext_lazy("Postal address for the letter"),
        max_length=240,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
    )
    field_order = ("account", *_FIRST, "wanted_way", "address")

    def __init__(self, *args: Any, accounts: QuerySet[Account], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["account"]
        field.queryset = accounts  # type: ignore[attr-defined]
        field.initial = accounts.first() if accounts.count() == 1 else None


class StaffComplaintForm(Complaining, _Reached):
    """Taken down at the counter, on the phone, from a letter or a petition."""

    channel = forms.ChoiceField(
        label=gettext_lazy("How they came to us"), choices=[(one.value, one.label) for one in _STAFF_CHANNELS], initial=Channel.PHONE
    )
    origin = forms.ChoiceField(label=gettext_lazy("Who put it forward"), choices=Origin.choices, initial=Origin.CUSTOMER)
    role = forms.ChoiceField(label=gettext_lazy("Which department?"), choices=DEPARTMENTS, required=False)
    wanted_way = forms.ChoiceField(label=gettext_lazy("How they want the answer"), choices=_STAFF_WAYS, required=False)
    language = forms.ChoiceField(label=gettext_lazy("Language"), choices=settings.LANGUAGES)
    begins = forms.BooleanField(label=gettext_lazy("I look into it myself, from now on"), required=False)

    def __init__(self, *args: Any, account: Account | None, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["about"].widget = forms.Select(choices=About.choices)
        self.fields["language"].initial = account.customer.language if account else language
        self.fields["text"].help_text = ""
        self.fields["accused_words"].help_text = ""
        for name, label in _STAFF_LABELS.items():
            self.fields[name].label = label
        if account is not None:
            for name in ("name", "phone"):
                self.fields[name].help_text = gettext_lazy("Only if it is somebody else than the customer.")

    def grievance(self) -> dict[str, Any]:
        """With whom it is from, by which way, and for whom."""
        names = ("channel", "origin", "role", "language")
        return {**super().grievance(), **self.reached(), **{name: self.cleaned_data[name] for name in names}}
