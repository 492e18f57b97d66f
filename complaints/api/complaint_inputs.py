"""What the API takes of complaints."""

from django.utils.translation import gettext as _
from rest_framework import serializers

from accounts.api.inputs import Input
from accounts.api.pages import PageQuery
from accounts.phones import read_phone
from accounts.roles import Role
from casework.models import Channel, Origin

from ..models import About, MajorWhy, Manner, Outcome, Way
from ..operations.complaining import LONGEST

OUTCOMES = [(one.value, one.label) for one in Outcome if one != Outcome.REFUSED]
_WORDS = 10_000


class ComplainInput(Input):
    """What went wrong. Customers leave out `channel`, `origin` and whom it is about as department: they complain for themselves."""

    about = serializers.ChoiceField(About.choices)
    text = serializers.CharField(help_text=f"at most {LONGEST} characters; more comes as a file of the case")
    account = serializers.CharField(max_length=20, required=False, help_text="number of the account it is about")
    wanted_way = serializers.ChoiceField([("", "looked up with the code"), *Way.choices], required=False, default="")
    name = serializers.CharField(max_length=120, required=False, default="", allow_blank=True)
    phone = serializers.CharField(max_length=60, required=False, default="", allow_blank=True, help_text="however it is written")
    email = serializers.EmailField(required=False, default="", allow_blank=True)
    address = serializers.CharField(max_length=240, required=False, default="", allow_blank=True)
    staff = serializers.CharField(max_length=8, required=False, help_text="staff number of whom it is about")
    hall = serializers.CharField(max_length=8, required=False, help_text="code of the hall it is about")
    accused_words = serializers.CharField(max_length=200, required=False, default="", allow_blank=True)
    about_reference = serializers.CharField(max_length=20, required=False, help_text="the case it is about")
    language = serializers.CharField(max_length=10, required=False, default="")
    channel = serializers.ChoiceField(Channel.choices, required=False, help_text="how they came to us; for staff")
    origin = serializers.ChoiceField(Origin.choices, required=False, help_text="who put it forward; for staff")

    def validate_phone(self, typed: str) -> str:
        """In E.164."""
        number = read_phone(typed)
        if typed.strip() and not number:
            raise serializers.ValidationError(_("We cannot read this number. Write it like 138 0013 8000 or 0539-512 6119."))
        return number


class ComplaintsQuery(PageQuery):
    """Which complaints."""

    unfinished = serializers.BooleanField(required=False, allow_null=True, default=None)
    major = serializers.BooleanField(required=False, allow_null=True, default=None)
    about = serializers.ChoiceField(About.choices, required=False)


class AskInput(Input):
    """Whom to ask: a colleague by staff number, a hall by code, a department by role. They see `question` and nothing else."""

    staff = serializers.CharField(max_length=8, required=False)
    hall = serializers.CharField(max_length=8, required=False)
    role = serializers.ChoiceField(Role.choices, required=False)
    question = serializers.CharField(max_length=_WORDS)
    is_to_contact = serializers.BooleanField(default=False, help_text="they are to get in touch with the customer")


class JudgeInput(Input):
    """How grave it is, over the rules' judgement. An empty `major_why`: an ordinary complaint."""

    about = serializers.ChoiceField(About.choices)
    major_why = serializers.ChoiceField([("", "ordinary"), *MajorWhy.choices])
    manner = serializers.ChoiceField(Manner.choices, default="")


class PromisedWorkInput(Input):
    """Work that the answer names: a case by its reference, or words and a moment."""

    case = serializers.CharField(max_length=20, required=False)
    words = serializers.CharField(max_length=300, required=False, default="")
    promised_at = serializers.DateTimeField(required=False)


class _DecisionInput(Input):
    text = serializers.CharField(max_length=_WORDS, help_text="to the customer, in their language")
    way = serializers.ChoiceField(Way.choices)
    language = serializers.CharField(max_length=10, required=False, default="", help_text="of the text; else the case's")
    finding = serializers.CharField(max_length=_WORDS, required=False, default="", allow_blank=True, help_text="for ourselves")


class AnswerComplaintInput(_DecisionInput):
    """What we answer, and what is still done."""

    outcome = serializers.ChoiceField(OUTCOMES)
    works = PromisedWorkInput(many=True, required=False)


class RefuseComplaintInput(_DecisionInput):
    """A no, with its reason."""


class FindingInput(Input):
    """What happened, as the department says."""

    finding = serializers.CharField(max_length=_WORDS)
    has_contacted = serializers.BooleanField(default=False, help_text="somebody has spoken with the customer")
