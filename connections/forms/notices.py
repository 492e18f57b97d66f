"""How and in which language the one-time notice is given."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from casework.models import Contact

from ..queries.told_once import MEANS

_LABELS = {**dict(Contact.Means.choices), Contact.Means.COUNTER: _("printed and handed over at the counter")}


class GiveForm(forms.Form):
    """By which means, in which language."""

    means = forms.ChoiceField(label=_("How it is given"), choices=[(means, _LABELS[means]) for means in MEANS])
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
