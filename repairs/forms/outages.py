"""Where and when an interruption is. Places are chosen from the tree of the territory, a level at a time, without a script."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from accounts.models import Territory

_MOMENT = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
_REASON = forms.Textarea(attrs={"rows": 2})


class PlanForm(forms.Form):
    """Where, why, from when and until when. Of an accident only until when: it is off now."""

    places = forms.ModelMultipleChoiceField(label=_("Places"), queryset=Territory.objects.order_by("path"))
    reason = forms.CharField(label=_("Why, in words for customers"), max_length=300, widget=_REASON)
    starts_at = forms.DateTimeField(label=_("Gas off from"), widget=_MOMENT)
    until = forms.DateTimeField(
        label=_("Gas back by"), widget=_MOMENT, help_text=_("Customers are told this hour; an alarm rings when it passes.")
    )

    def __init__(self, data: QueryDict | None = None, *, is_accident: bool = False, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.is_accident = is_accident
        if is_accident:
            del self.fields["starts_at"]

    @property
    def plain(self) -> list[forms.BoundField]:
        """The fields beside the places."""
        return [field for field in self if field.name != "places"]

    def chosen(self) -> Sequence[Territory]:
        """The places chosen so far, whether or not the rest is right."""
        if not isinstance(self.data, QueryDict) or not self.is_bound:
            return list(self.initial.get("places", ()))
        keys = [key for key in self.data.getlist("places") if key.isdecimal()]
        return list(Territory.objects.filter(pk__in=keys).order_by("path"))


class WidenForm(PlanForm):
    """More places of an accident that is under way."""

    def __init__(self, data: QueryDict | None = None, **kwargs: Any) -> None:
        super().__init__(data, is_accident=True, **kwargs)
        del self.fields["reason"], self.fields["until"]
