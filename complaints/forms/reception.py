"""What somebody writes to the virtual reception: a letter, or an application for a service."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Account
from accounts.phones import read_phone
from casework.forms.intake import PaperField

from ..gravity import says_enough
from ..models import AppealForm, Item, Service, Topic
from ..models.appeal import LONGEST
from ..service_items import AS_FILES

WISHES = 2_000
_CHOOSE = ("", gettext_lazy("choose"))


class ReachedForm(forms.Form):
    """Who writes, and how our answer reaches them."""

    name = forms.CharField(
        label=gettext_lazy("Your name"), max_length=120, required=False, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    phone = forms.CharField(
        label=gettext_lazy("Your phone"),
        max_length=60,
        required=False,
        help_text=gettext_lazy("For a text message, or for a question of ours."),
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )
    email = forms.EmailField(label=gettext_lazy("Your e-mail"), required=False, widget=forms.EmailInput(attrs={"autocomplete": "email"}))
    #: Whether an answer has to reach somebody, and whether we know the way already.
    needs_way = True

    def __init__(self, *args: Any, accounts: QuerySet[Account] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_known = accounts is not None
        if accounts:
            label = gettext_lazy("Which account is it about?")
            self.fields["account"] = forms.ModelChoiceField(accounts, label=label, required=False, empty_label=_("none of mine"))

    def clean_phone(self) -> str:
        """In E.164."""
        typed = str(self.cleaned_data["phone"]).strip()
        number = read_phone(typed)
        if typed and not number:
            raise forms.ValidationError(_("We cannot read this number. Write it like 138 0013 8000 or 0539-512 6119."))
        return number

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        has_way = given.get("phone") or given.get("email") or self.is_known
        if self.needs_way and not has_way and not {"phone", "email"} & set(self.errors):
            self.says_no_way()
        return given

    def says_no_way(self) -> None:
        """What is missing, beside the field where one would write it."""
        self.add_error("phone", _("Leave a phone number or an e-mail address, so that our answer reaches you."))


class LetterForm(ReachedForm):
    """A question, an appeal or a review."""

    topic = forms.ChoiceField(
        label=gettext_lazy("What is it about?"),
        choices=[_CHOOSE, *Topic.choices],
        error_messages={"required": gettext_lazy("Choose what it is about: then it comes to who can answer it.")},
    )
    text = forms.CharField(
        label=gettext_lazy("Your letter"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=format_lazy(gettext_lazy("At most {most} characters; longer letters as a file."), most=LONGEST),
        error_messages={
            "required": gettext_lazy("Write what you want to know or to tell us."),
            "max_length": gettext_lazy(
                "That is %(show_value)s characters, and %(limit_value)s are the most. Shorten it, or send it as a file."
            ),
        },
    )
    place = forms.CharField(
        label=gettext_lazy("Where?"),
        max_length=240,
        required=False,
        help_text=gettext_lazy("Town, street or compound, building: if it is about a place."),
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
    )
    file = PaperField(label=gettext_lazy("A picture or paper, if it helps"), required=False)
    is_publishable = forms.BooleanField(
        label=gettext_lazy("Others may read it"),
        required=False,
        help_text=gettext_lazy("In short and without anything that tells who you are, if the answer helps others too."),
    )
    field_order: tuple[str, ...] = ("topic", "account", "text", "place", "file", "name", "phone", "email", "is_publishable")

    def __init__(self, *args: Any, form: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(self.field_order)
        self.is_review = form == AppealForm.REVIEW
        self.needs_way = not self.is_review

    def clean_text(self) -> str:
        """Nothing that only looks empty."""
        text = str(self.cleaned_data["text"])
        if not says_enough(text, is_review=self.is_review):
            raise forms.ValidationError(self.fields["text"].error_messages["required"])
        return text


class ServiceForm(ReachedForm):
    """An application for a service. What it needs besides may follow: it is asked for once."""

    service = forms.ChoiceField(
        label=gettext_lazy("What do you apply for?"),
        choices=Service.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what you apply for.")},
    )
    wishes = forms.CharField(
        label=gettext_lazy("When does it suit you, what else should we know?"),
        max_length=WISHES,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    file = PaperField(label=gettext_lazy("A picture or paper"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in item_fields(Item.values).items():
            self.fields[name] = field
        self.order_fields(["service", "account", *item_names(Item.values), "wishes", "file", "name", "phone", "email"])

    def items(self) -> list[forms.BoundField]:
        """What we need to know for one service or another."""
        return [self[name] for name in item_names(Item.values)]

    def details(self) -> dict[str, str]:
        """Item -> what was said."""
        return said_items(self)


class DetailsForm(forms.Form):
    """What was missing."""

    def __init__(self, *args: Any, items: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.update(item_fields(items))

    def details(self) -> dict[str, str]:
        """Item -> what was said."""
        return said_items(self)


def item_names(items: list[str]) -> list[str]:
    """The names of their fields."""
    return [f"item_{item}" for item in items]


def item_fields(items: list[str]) -> dict[str, forms.Field]:
    """A line of words for each."""
    hints = {item: _("Send the picture as a file, and write here what it shows.") for item in items if item in AS_FILES}
    widgets = {item: forms.TextInput(attrs={"autocomplete": "street-address" if item == Item.PLACE else "off"}) for item in items}
    return {
        f"item_{item}": forms.CharField(
            label=_capital(str(Item(item).label)), max_length=300, required=False, widget=widgets[item], help_text=hints.get(item, "")
        )
        for item in items
    }


def said_items(form: forms.Form) -> dict[str, str]:
    """Item -> words, of those that were filled in."""
    prefix = "item_"
    return {name.removeprefix(prefix): str(words) for name, words in form.cleaned_data.items() if name.startswith(prefix) and words}


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
