"""Writing an answer for everybody, and what a second pair of eyes says of it."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from ..models import Topic
from ..models.publication import LONGEST

_REASON = 300


class DraftForm(forms.Form):
    """The words for everybody."""

    section = forms.ChoiceField(label=_("Section"), choices=Topic.choices)
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    question = forms.CharField(
        label=_("Question, in short form"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("No names, no numbers."),
    )
    answer = forms.CharField(label=_("Answer, in short form"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 9}))


class ProposeForm(forms.Form):
    """Why something that is marked may stay."""

    kept_why = forms.CharField(label=_("Why what is marked may stay"), max_length=_REASON, required=False)


class ReasonForm(forms.Form):
    """Why it goes back, or is taken back."""

    why = forms.CharField(label=_("Why"), max_length=_REASON)


class PublishForm(forms.Form):
    """That everything marked was looked at: how much, and in which state of the draft."""

    seen = forms.CharField(widget=forms.HiddenInput)
    looked_at = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    has_looked = forms.BooleanField(label=_("I compared it with the original, looked at every marked place and opened every file"))


class FileForm(forms.Form):
    """A file to be put beside the answer."""

    file = forms.FileField(label=_("File"))


class AnswersSearchForm(forms.Form):
    """What somebody looks for among the published answers."""

    words = forms.CharField(label=_("What are you looking for?"), max_length=400, required=False)
    section = forms.ChoiceField(label=_("Section"), choices=[("", _("All")), *Topic.choices], required=False)
