"""What the API takes of letters to the reception and of applications for services."""

from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers

from accounts.api.inputs import Input
from accounts.api.pages import PageQuery
from accounts.phones import read_phone
from casework.models import Channel, Contact, Origin

from ..forms.reception import WISHES
from ..models import AppealForm, Item, Service, Topic, Triage, Way
from ..models.appeal import LONGEST

_MEANS = [means for means in Contact.Means.choices if means[0] != Contact.Means.NOTE]
#: The ways by which letters come to the reception.
CHANNELS = [(one.value, one.label) for one in (Channel.API, Channel.EMAIL, Channel.LETTER, Channel.WEB)]
#: What an answer says of its letter, if anything.
TYPICAL = [(Triage.TYPICAL.value, Triage.TYPICAL.label)]


class PortalInput(Input):
    """The same at a portal of the city, which sends it to us: its number there comes once."""

    system = serializers.RegexField(r"^[a-z0-9_-]{1,40}$", help_text="which portal: small letters, digits, - and _")
    number = serializers.CharField(max_length=64)


class _FromInput(Input):
    """Who writes. Customers leave out `channel` and `outside`: they write for themselves."""

    name = serializers.CharField(max_length=120, required=False, default="", allow_blank=True)
    phone = serializers.CharField(max_length=60, required=False, default="", allow_blank=True, help_text="however it is written")
    email = serializers.EmailField(required=False, default="", allow_blank=True)
    account = serializers.CharField(max_length=10, required=False, help_text="number of the account it is about")
    language = serializers.CharField(max_length=10, required=False, default="", help_text="of our messages, for example zh-hans")
    channel = serializers.ChoiceField(CHANNELS, required=False, help_text="for staff")
    outside = PortalInput(required=False, help_text="for staff and for portals")

    def validate_phone(self, typed: str) -> str:
        """In E.164."""
        number = read_phone(typed)
        if typed.strip() and not number:
            raise serializers.ValidationError(_("We cannot read this number. Write it like 138 0013 8000 or 0539-512 6119."))
        return number


class SendLetterInput(_FromInput):
    """A question, an appeal or a review."""

    form = serializers.ChoiceField(AppealForm.choices)
    topic = serializers.ChoiceField(Topic.choices)
    text = serializers.CharField(max_length=LONGEST)
    place = serializers.CharField(max_length=240, required=False, default="", allow_blank=True)
    is_publishable = serializers.BooleanField(required=False, default=False)
    origin = serializers.ChoiceField(Origin.choices, default=Origin.CUSTOMER, help_text="who put it forward; for staff and for portals")


class ApplyForServiceInput(_FromInput):
    """An application for a service. What is missing is asked for afterwards, once."""

    service = serializers.ChoiceField(Service.choices)
    details = serializers.DictField(
        child=serializers.CharField(max_length=300, allow_blank=True), required=False, help_text="item: words. " + ", ".join(Item.values)
    )
    wishes = serializers.CharField(max_length=WISHES, required=False, default="", allow_blank=True)

    def validate_details(self, given: dict[str, Any]) -> dict[str, Any]:
        """Known items only: a misspelt one must not be silently lost."""
        return _known_items(given)


class LettersQuery(PageQuery):
    """Which letters."""

    form = serializers.ChoiceField(AppealForm.choices, required=False)
    topic = serializers.ChoiceField(Topic.choices, required=False)
    status = serializers.CharField(max_length=24, required=False)
    unfinished = serializers.BooleanField(required=False, allow_null=True, default=None)
    outside_system = serializers.CharField(max_length=40, required=False)
    outside_number = serializers.CharField(max_length=64, required=False)


class ServicesQuery(PageQuery):
    """Which applications."""

    service = serializers.ChoiceField(Service.choices, required=False)
    status = serializers.CharField(max_length=24, required=False)
    unfinished = serializers.BooleanField(required=False, allow_null=True, default=None)
    outside_system = serializers.CharField(max_length=40, required=False)
    outside_number = serializers.CharField(max_length=64, required=False)


class _ActInput(Input):
    """With the version that was looked at another one is refused."""

    version = serializers.IntegerField(required=False, min_value=0)


class DeclineLetterInput(_ActInput):
    """Why there is no answer on the merits."""

    reason = serializers.CharField(max_length=2_000)


class AskLetterInput(_ActInput):
    """Everything that is missing."""

    question = serializers.CharField(max_length=2_000)


class AnswerLetterInput(_ActInput):
    """Our words, how they reach whoever wrote, and the article for a typical question."""

    text = serializers.CharField(max_length=20_000)
    way = serializers.ChoiceField(Way.choices)
    triage = serializers.ChoiceField(TYPICAL, required=False, default="", allow_blank=True)
    article = serializers.SlugField(max_length=60, required=False, default="", allow_blank=True)


class ForwardLetterInput(_ActInput):
    """The specialist by staff number; left out, the one whom the rules name."""

    to = serializers.CharField(max_length=8, required=False)
    question = serializers.CharField(max_length=2_000, required=False, default="", allow_blank=True)


class DirectionAnswerInput(_ActInput):
    """What the reception is to answer."""

    answer = serializers.CharField(max_length=10_000)


class TellDateInput(_ActInput):
    """By when, and why it takes longer."""

    until = serializers.DateTimeField()
    reason = serializers.CharField(max_length=400)


class AskForMissingInput(_ActInput):
    """All of it, at once."""

    items = serializers.ListField(child=serializers.ChoiceField(Item.choices), min_length=1)
    note = serializers.CharField(max_length=300, required=False, default="", allow_blank=True)


class GiveDetailsInput(_ActInput):
    """Items with what the client said; `means` is how staff heard it."""

    details = serializers.DictField(child=serializers.CharField(max_length=300))
    means = serializers.ChoiceField(_MEANS, default=Contact.Means.CABINET)

    def validate_details(self, given: dict[str, Any]) -> dict[str, Any]:
        """Known items only."""
        return _known_items(given)


class RouteServiceInput(_ActInput):
    """The specialist by staff number; left out, the one whom the rules name."""

    to = serializers.CharField(max_length=8, required=False)


class AgreeServiceInput(_ActInput):
    """When it is done, as agreed with the client."""

    agreed_for = serializers.DateTimeField()
    words = serializers.CharField(max_length=300, required=False, default="", allow_blank=True)


class FinishServiceInput(_ActInput):
    """What was done."""

    words = serializers.CharField(max_length=300)


def _known_items(given: dict[str, Any]) -> dict[str, Any]:
    if strange := sorted(set(given) - set(Item.values)):
        raise serializers.ValidationError({name: [_("There is no such item.")] for name in strange})
    return given
