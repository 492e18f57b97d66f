"""What the reception does with a letter or an application: each act its own small form."""

from datetime import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Staff
from accounts.roles import GRANTS, Role, Verb
from casework.models import Channel, Contact, Origin
from notices.models import Article, Audience

from ..models import AppealForm, Item, Topic, Triage, Way
from ..queries.reception_team import colleagues
from .reception import LetterForm, ServiceForm

#: The ways by which staff get letters that the promises of the virtual reception are about.
CHANNELS = (Channel.EMAIL, Channel.LETTER)
_WORDS = {"rows": 4}
_MOMENT = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
_DEPARTMENTS = [("", "---------"), *((role.value, role.label) for role in Role if Verb.HANDLE_CASES in GRANTS[role])]


class ColleagueField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Somebody who works here now."""

    def __init__(self, *, at: datetime, **kwargs: Any) -> None:
        super().__init__(colleagues(at), **kwargs)


class _At(forms.Form):
    """A form that offers those who work here at a moment."""

    def __init__(self, *args: Any, at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"] = ColleagueField(at=at, label=_("To whom"))
        self.order_fields(["to"])


class DeclineForm(forms.Form):
    """Why we cannot answer on the merits."""

    reason = forms.CharField(label=_("Why, and who can"), max_length=2_000, widget=forms.Textarea(attrs=_WORDS))


class AnswerForm(forms.Form):
    """Our answer, how it reaches them, and the article that says more where many ask the same."""

    text = forms.CharField(label=_("Answer"), max_length=20_000, widget=forms.Textarea(attrs={"rows": 8}))
    way = forms.ChoiceField(label=_("It reaches them"), choices=Way.choices)
    triage = forms.ChoiceField(
        label=_("Typical question"),
        required=False,
        choices=[("", _("no, answered on its merits")), (Triage.TYPICAL.value, _("yes, with advice to look among the frequent questions"))],
    )
    article = forms.SlugField(
        label=_("Article that says more"), max_length=60, required=False, help_text=_("Its short name, as it stands beside the article.")
    )

    def clean_article(self) -> str:
        """One that everybody may read."""
        slug = str(self.cleaned_data["article"])
        if slug and not Article.objects.filter(slug=slug, audience=Audience.PUBLIC, withdrawn_at=None).exists():
            raise forms.ValidationError(gettext("There is no such article for everybody."))
        return slug


class ForwardForm(_At):
    """Who is to say what to answer."""

    question = forms.CharField(label=_("What they should know"), max_length=2_000, required=False, widget=forms.Textarea(attrs=_WORDS))


class DirectionForm(forms.Form):
    """What the reception is to answer."""

    answer = forms.CharField(label=_("What to answer"), max_length=10_000, widget=forms.Textarea(attrs={"rows": 6}))


class DateForm(forms.Form):
    """By when they have an answer, and why it takes longer."""

    until = forms.DateTimeField(label=_("Answer by"), widget=_MOMENT)
    reason = forms.CharField(label=_("Why it takes longer"), max_length=400, widget=forms.Textarea(attrs={"rows": 2}))


class AskForm(forms.Form):
    """Everything that is missing."""

    question = forms.CharField(label=_("What is missing"), max_length=2_000, widget=forms.Textarea(attrs=_WORDS))


class MissingForm(forms.Form):
    """What the client is asked for, at once."""

    items = forms.MultipleChoiceField(label=_("Missing"), choices=Item.choices, widget=forms.CheckboxSelectMultiple)
    note = forms.CharField(label=_("In other words"), max_length=300, required=False)


class RouteForm(_At):
    """Who is in charge."""


class AgreeForm(forms.Form):
    """When it is done, as agreed with the client."""

    agreed_for = forms.DateTimeField(label=_("Agreed for"), widget=_MOMENT)
    words = forms.CharField(label=_("What was agreed"), max_length=300, required=False)


class FinishForm(forms.Form):
    """What was done."""

    words = forms.CharField(label=_("What was done"), max_length=300)


class HeardForm(forms.Form):
    """By which means staff heard it."""

    means = forms.ChoiceField(
        label=_("Heard by"),
        choices=[(one.value, one.label) for one in Contact.Means if one != Contact.Means.NOTE],
        initial=Contact.Means.CALL,
    )


class RuleForm(forms.Form):
    """A topic in a place goes to a person, or to a department."""

    topic = forms.ChoiceField(label=_("Topic"), choices=[("", _("every topic")), *Topic.choices], required=False)
    place = forms.CharField(
        label=_("Where"), max_length=240, required=False, help_text=_("Town or compound as it stands in addresses; empty: everywhere.")
    )
    role = forms.ChoiceField(label=_("Department"), choices=_DEPARTMENTS, required=False)

    def __init__(self, *args: Any, at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["staff"] = ColleagueField(at=at, label=_("Colleague"), required=False)

    def target(self) -> Staff | str:
        """Who answers; nobody where both or neither were chosen."""
        staff, role = self.cleaned_data["staff"], self.cleaned_data["role"]
        return "" if staff and role else staff or role


class _TakenDown(forms.Form):
    """What staff add to what the writer wrote."""

    channel = forms.ChoiceField(label=_("It came"), choices=[(one.value, one.label) for one in CHANNELS], widget=forms.RadioSelect)
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["channel"].initial = Channel.EMAIL


class LetterIntakeForm(_TakenDown, LetterForm):
    """A letter that came by e-mail or by post."""

    kind = forms.ChoiceField(label=_("What it is"), choices=AppealForm.choices, initial=AppealForm.APPEAL, widget=forms.RadioSelect)
    origin = forms.TypedChoiceField(
        label=_("Who put it forward"), choices=Origin.choices, initial=Origin.CUSTOMER, required=False, empty_value=Origin.CUSTOMER
    )
    field_order = ("channel", "origin", "kind", "topic", "text", "file", "name", "phone", "email", "place", "language", "is_publishable")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].label = _("Where, or the postal address")
        self.fields["place"].help_text = _("Who left neither phone nor e-mail is answered by letter to this address.")

    def clean(self) -> dict[str, Any]:
        """A review needs no answer, and paper goes back to where it came from."""
        given = self.cleaned_data
        has_address = given.get("channel") == Channel.LETTER and given.get("name") and given.get("place")
        self.needs_way = not (self.is_review or has_address)
        return super().clean()

    def clean_kind(self) -> str:
        """Before its text is read, of which a review may have next to none."""
        kind = str(self.cleaned_data["kind"])
        self.is_review = kind == AppealForm.REVIEW
        return kind

    def says_no_way(self) -> None:
        """Staff read a paper: there may be nothing but an address on it."""
        self.add_error("phone", gettext("Write down a phone or an e-mail; of a letter on paper, name and postal address are enough."))


class ServiceIntakeForm(_TakenDown, ServiceForm):
    """An application that came by e-mail or by post."""
