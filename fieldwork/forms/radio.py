"""What a dispatcher hears over the radio: which step, who said it, and when it was so."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import Staff

from ..models import Visit, VisitOutcome
from ..queries import members_at, members_of
from ..sayings import sayable

_SAID: dict[str, str | Promise] = {
    "accept": _("we take it on"),
    "set_off": _("we are on our way"),
    "arrive": _("we are there"),
    "made_safe": _("it is safe now"),
    "restored": _("gas is on again"),
    "finish": _("finished: %(outcome)s"),
    "find_nobody": _("nobody opens"),
    "give_back": _("we cannot go, or not go on"),
}
_ENDS = [outcome for outcome in VisitOutcome if outcome != VisitOutcome.NO_ACCESS]


class RadioForm(forms.Form):
    """One step of the visit's crew, as it was told; the choices are what it can say now. The visit as it was looked at goes with it."""

    said = forms.ChoiceField(label=_("The crew says"))
    teller = forms.ModelChoiceField(label=_("Who said so"), queryset=Staff.objects.none())
    happened_at = forms.DateTimeField(
        label=_("When it was so"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=_("As they told you, but not long ago. It counts as of then, and both moments are kept."),
    )
    reason = forms.CharField(label=_("Why, if they cannot go on"), max_length=300, required=False)
    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args: Any, visit: Visit, at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.auto_id = "radio_%s"
        steps = sayable(visit)
        self.fields["said"].choices = [choice for step in steps for choice in _choices(step)]  # type: ignore[attr-defined]
        if "give_back" not in steps:
            del self.fields["reason"]
        self.initial.update({"happened_at": timezone.localtime(at), "version": visit.version})
        if visit.crew is not None:
            self.fields["teller"].queryset = members_at(visit.crew, at)  # type: ignore[attr-defined]
            # The leader speaks for the crew.
            self.initial["teller"] = next(iter(members_of([visit.crew.pk], at).get(visit.crew.pk, ())), None)

    def radioed(self) -> dict[str, Any]:
        """As the operation takes it."""
        given = {name: value for name, value in self.cleaned_data.items() if name in {"teller", "happened_at", "reason"}}
        step, _colon, outcome = self.cleaned_data["said"].partition(":")
        return {**given, "step": step, "outcome": outcome}


def _choices(step: str) -> list[tuple[str, str]]:
    if step != "finish":
        return [(step, str(_SAID[step]))]
    return [(f"finish:{outcome.value}", str(_SAID[step]) % {"outcome": outcome.label}) for outcome in _ENDS]
