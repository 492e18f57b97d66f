"""Forms of care: a call or visit, who looks after whom, a meeting, a loss."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Customer, Staff

from ..models import CareContact, CareQualification
from ..queries.care import CARED_FOR
from ..questions import SCORES


class TalkForm(forms.Form):
    """What was said in a call or on a visit."""

    kind = forms.ChoiceField(label=_("How"), choices=CareContact.Kind, initial=CareContact.Kind.CALL, widget=forms.RadioSelect)
    spoke_with = forms.CharField(label=_("With whom"), max_length=120)
    words = forms.CharField(label=_("What was said"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4}))
    next_step = forms.CharField(label=_("What follows, and by when"), max_length=300, required=False)
    score = forms.TypedChoiceField(
        label=_("How satisfied they are, 1 to 5"),
        choices=[("", _("did not say")), *((score, str(score)) for score in SCORES)],
        coerce=int,
        empty_value=None,
        required=False,
    )


class ManagerForm(forms.Form):
    """Who looks after a customer."""

    staff = forms.ModelChoiceField(label=_("Who"), queryset=Staff.objects.filter(left_at=None).order_by("name", "pk"))


class QualificationForm(forms.Form):
    """Who may see to matters of VIPs and key accounts."""

    staff = forms.ModelChoiceField(label=_("Who"), queryset=Staff.objects.filter(left_at=None).order_by("name", "pk"))
    level = forms.TypedChoiceField(label=_("Level"), choices=CareQualification.Level.choices, coerce=int)


class MeetingForm(forms.Form):
    """A meeting that was held."""

    held_at = forms.DateTimeField(label=_("When"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"}))
    place = forms.CharField(label=_("Where"), max_length=120)
    customers = forms.ModelMultipleChoiceField(
        label=_("Who came"),
        queryset=Customer.objects.filter(segment__in=CARED_FOR).order_by("name", "pk"),
        widget=forms.CheckboxSelectMultiple,
    )
    minutes = forms.CharField(label=_("Minutes"), max_length=10_000, widget=forms.Textarea(attrs={"rows": 8}))


class LossForm(forms.Form):
    """Why somebody left."""

    why = forms.CharField(label=_("Why they left"), max_length=4000, widget=forms.Textarea(attrs={"rows": 3}))
    lesson = forms.CharField(label=_("What we change"), max_length=300, required=False)
