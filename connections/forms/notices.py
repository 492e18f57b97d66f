"""How and in which language the one-time notice is given."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from casework.models import Contact

from ..queries.told_once import MEANS


class GiveForm(forms.Form):
    """By which means, in which language."""

    means = forms.ChoiceField(label=_("How it is given"))
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        labels = {**dict(Contact.Means.choices), Contact.Means.COUNTER: _("printed and handed over at the counter")}
        self.fields["means"].choices = [(means, labels[means]) for means in MEANS]  # type: ignore[attr-defined]
