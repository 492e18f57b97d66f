"""Taking a request down: by staff for somebody before them or on the phone, and by the customer alone."""

from typing import Any

from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from phonenumber_field.formfields import PhoneNumberField

from accounts.models import Account

from ..file_types import ENDINGS
from ..models import Channel, GeneralRequest, Origin, Urgency

#: The ways by which staff are asked.
_STAFF_CHANNELS = (Channel.HALL, Channel.PHONE, Channel.LETTER, Channel.EMAIL, Channel.STAFF)
#: As long as a letter; longer things come as a file.
LONGEST = 5_000
ACCEPTED = ",".join(ENDINGS)


class WordsField(forms.CharField):
    """Several lines of plain words."""

    def __init__(self, *, rows: int = 4, **kwargs: Any) -> None:
        super().__init__(max_length=LONGEST, widget=forms.Textarea(attrs={"rows": rows}), **kwargs)


class PaperField(forms.FileField):
    """A file that shows or proves something; what it really is, the operation looks at."""

    def __init__(self, **kwargs: Any) -> None:
        limit = settings.ATTACHMENT_MAX_BYTES // 1_000_000
        kinds = format_lazy(_("PDF, JPEG, PNG, WebP or HEIC, at most {limit} MB."), limit=limit)
        super().__init__(help_text=kinds, widget=forms.FileInput(attrs={"accept": ACCEPTED}), **kwargs)


class IntakeForm(forms.Form):
    """Who asks, how, and what. Nothing of the person is needed: a passer-by may ask too."""

    channel = forms.ChoiceField(
        label=_("How they came to us"), choices=[(channel.value, channel.label) for channel in _STAFF_CHANNELS], widget=forms.RadioSelect
    )
    topic = forms.ChoiceField(label=_("About"), choices=GeneralRequest.Topic.choices)
    text = WordsField(label=_("What they ask, in their words"), rows=5, help_text=_("The first line stands in lists."))
    contact_name = forms.CharField(label=_("Name"), max_length=120, required=False, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    contact_phone = PhoneNumberField(label=_("Phone"), required=False, widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}))
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    origin = forms.TypedChoiceField(
        label=_("Who put it forward"), choices=Origin.choices, initial=Origin.CUSTOMER, required=False, empty_value=Origin.CUSTOMER
    )
    urgency = forms.ChoiceField(label=_("How soon"), choices=Urgency.choices, initial=Urgency.NORMAL)

    def __init__(self, *args: Any, account: Account | None, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["channel"].initial = Channel.HALL
        self.fields["language"].initial = account.customer.language if account else language
        if account is not None:
            for name in ("contact_name", "contact_phone"):
                self.fields[name].help_text = _("Only if it is somebody else than the customer.")


class AskForm(forms.Form):
    """A customer's own request: as little as we need."""

    topic = forms.ChoiceField(label=_("What is it about?"), choices=GeneralRequest.Topic.choices)
    text = WordsField(label=_("Your question or wish"), rows=6, help_text=_("Say what happened and what you would like us to do."))
    file = PaperField(label=_("A picture or paper, if it helps"), required=False)

    def __init__(self, *args: Any, accounts: QuerySet[Account], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["account"] = forms.ModelChoiceField(
            accounts, label=_("Which account is it about?"), required=False, initial=accounts.first(), empty_label=_("none of mine")
        )
        if not accounts:
            del self.fields["account"]


class SayForm(forms.Form):
    """One more word or file from the customer."""

    text = WordsField(label=_("Your message"), rows=3, required=False)
    file = PaperField(label=_("A picture or paper"), required=False)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not cleaned.get("text") and not cleaned.get("file") and not self.errors:
            raise forms.ValidationError(_("Write a message or choose a file."))
        return cleaned


class TrackForm(forms.Form):
    """Reference and code from the slip or the message."""

    reference = forms.CharField(
        label=_("Reference"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )
    code = forms.CharField(
        label=pgettext_lazy("lookup", "Code"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )
