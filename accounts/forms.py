"""What people fill in about themselves and about others."""

from typing import TYPE_CHECKING, Any

from allauth.account.forms import LoginForm as AllauthLoginForm
from allauth.account.forms import SignupForm as AllauthSignupForm
from allauth.mfa.adapter import get_adapter as mfa_adapter
from allauth.mfa.base.forms import AuthenticateForm, BaseAuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _
from phonenumber_field.formfields import PhoneNumberField

from . import models, second_factor
from .queries.halls import places
from .roles import Role


class LoginForm(AllauthLoginForm):
    """Phone or user name, with the words of this house."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = {"login": _("Phone or user name"), "password": _("Password"), "remember": _("Stay signed in on this device")}
        for name, label in labels.items():
            if name in self.fields:
                self.fields[name].label = label
                self.fields[name].widget.attrs.pop("placeholder", None)
        self.fields["login"].widget.attrs["autocomplete"] = "username"


class SignupForm(AllauthSignupForm):
    """A phone, and a password for those who want one: a code always opens the door."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        password = self.fields["password1"]
        password.required = False
        password.label, password.help_text = (
            _("Password, if you want one"),
            _("At least ten characters. A code to your phone works without."),
        )
        password.widget.attrs.pop("placeholder", None)


class _SpentOnce(BaseAuthenticateForm):
    """A code of the authenticator app that has opened this door before does not open it again."""

    def clean_code(self) -> str:
        code: str = super().clean_code()
        is_of_app = self.authenticator.type == Authenticator.Type.TOTP
        if is_of_app and not second_factor.spend(user=self.user, code=code):
            raise mfa_adapter().validation_error("incorrect_code")
        return code


class SecondStepForm(_SpentOnce, AuthenticateForm):
    """The second step of signing in."""


class SecondStepAgainForm(_SpentOnce, ReauthenticateForm):
    """The second step asked again before a change to it."""


class NewPasswordForm(forms.Form):
    """A password in place of a forgotten one, after a code has shown whose phone it is."""

    password = forms.CharField(label=_("New password"), widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}))

    def __init__(self, *args: Any, user: models.User, **kwargs: Any) -> None:
        self.user = user
        super().__init__(*args, **kwargs)

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password, self.user)
        return password


class BindingForm(forms.Form):
    """First step of adding an account: its number and something only its holder knows."""

    number = forms.CharField(
        label=_("Account number"),
        max_length=20,
        help_text=_("Ten digits, on your gas card, your book and every receipt."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    proof = forms.CharField(
        label=_("Name of the holder, or the last four digits of the phone we have on file"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    role = forms.ChoiceField(
        label=_("You are"), choices=models.Binding.Role.choices, initial=models.Binding.Role.HOLDER, widget=forms.RadioSelect
    )


class CodeForm(forms.Form):
    """Second step: the six digits."""

    code = forms.CharField(
        label=_("Code"), max_length=12, widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"})
    )


if TYPE_CHECKING:  # generic for the type checker only
    _CustomerModelForm = forms.ModelForm[models.Customer]
else:
    _CustomerModelForm = forms.ModelForm


class ContactForm(_CustomerModelForm):
    """How a customer wants to be reached."""

    language = forms.ChoiceField(label=_("Language of messages and papers"), choices=settings.LANGUAGES)

    class Meta:
        model = models.Customer
        fields = ["language", "channel", "email"]


class CustomerForm(_CustomerModelForm):
    """What staff write down about a customer; phones have a form of their own."""

    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    email = forms.EmailField(label=_("Another e-mail"), required=False, help_text=_("Left empty, it stays as it is."))

    class Meta:
        model = models.Customer
        fields = ["name", "kind", "segment", "language", "channel"]

    def clean_email(self) -> str:
        # Not shown: who may see it asks for it on the account's page, and that is written down.
        return self.cleaned_data["email"] or self.instance.email


class PhoneForm(forms.Form):
    """One more number."""

    number = PhoneNumberField(label=_("Phone"), widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}))
    is_primary = forms.BooleanField(label=_("codes and messages go here"), required=False)


class PapersForm(forms.Form):
    """Binding at the hall: whose cabinet, in which role, which papers the clerk has seen."""

    phone = PhoneNumberField(label=_("Phone the customer signs in with"), widget=forms.TextInput(attrs={"type": "tel"}))
    role = forms.ChoiceField(label=_("Role"), choices=models.Binding.Role.choices)
    papers = forms.CharField(label=_("Papers seen"), max_length=80, help_text=_("For example: identity card and gas book."))


class GrantForm(forms.Form):
    """A role for somebody, from when until when."""

    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)
    since = forms.DateTimeField(label=_("From"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"}))
    until = forms.DateTimeField(label=_("Until"), required=False, widget=forms.DateTimeInput(attrs={"type": "datetime-local"}))


class _StaffChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(models.Staff.objects.filter(left_at__isnull=True).order_by("number"), **kwargs)


class AbsenceForm(forms.Form):
    """Who is away, who stands in."""

    staff = _StaffChoice(label=_("Away"))
    deputy = _StaffChoice(label=_("Deputy"))
    since = forms.DateTimeField(label=_("From"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"}))
    until = forms.DateTimeField(label=_("Until"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"}))


class DutyForm(forms.Form):
    """A line of the roster."""

    staff = _StaffChoice(label=_("Staff member"))
    hall = forms.ModelChoiceField(
        places().order_by("name"), label=_("Hall"), required=False, empty_label=_("none: in the office, or out with the crew")
    )
    since = forms.DateTimeField(label=_("From"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"}))
    until = forms.DateTimeField(label=_("Until"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"}))


class HireForm(forms.Form):
    """Somebody new."""

    name = forms.CharField(label=_("Name"), max_length=80)
    number = forms.CharField(label=_("Staff number"), max_length=8)
    username = forms.CharField(label=_("User name"), max_length=150)
    password = forms.CharField(
        label=_("First password"), widget=forms.PasswordInput(render_value=False, attrs={"autocomplete": "new-password"})
    )
    hall = forms.ModelChoiceField(places().order_by("name"), label=_("Hall"), required=False)

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password, models.User(username=self.cleaned_data.get("username", "")))
        return password
