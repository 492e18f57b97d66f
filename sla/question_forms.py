"""Forms that ask what would be: when a promise would be due, and what a version would have done."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.listing import listed
from accounts.models import Hall

from . import naming
from .policies import Policy
from .selection import DIMENSIONS

_MOMENT = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
type Options = list[tuple[str, Any]]


class QuestionForm(forms.Form):
    """A promise or a family of rivals, when it would begin, for whom, and how late it would be kept."""

    promise = forms.ChoiceField(label=gettext_lazy("Promise"))
    at = forms.DateTimeField(label=gettext_lazy("It begins"), widget=_MOMENT)
    anchor_at = forms.DateTimeField(
        label=gettext_lazy("Agreed or planned moment"),
        required=False,
        widget=_MOMENT,
        help_text=gettext_lazy("for promises that count from one"),
    )
    hall = forms.ModelChoiceField(
        Hall.objects.order_by("code"),
        to_field_name="code",
        label=gettext_lazy("Hall"),
        required=False,
        empty_label=gettext_lazy("any"),
        help_text=gettext_lazy("whose opening hours count"),
    )
    late = forms.IntegerField(
        label=gettext_lazy("Broken by how many hours"),
        required=False,
        min_value=0,
        max_value=100_000,
        help_text=gettext_lazy("what that would cost; leave it empty to leave it out"),
    )

    def __init__(self, policies: Sequence[Policy], data: Mapping[str, Any] | None, *, initial: Mapping[str, Any]) -> None:
        super().__init__(data, initial=dict(initial))
        field = self.fields["promise"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = _promises(policies)
        used: dict[str, set[str]] = defaultdict(set)
        for policy in policies:
            for name, values in policy.selects.items():
                used[name] |= values
        for name in DIMENSIONS:
            label, named = naming.dimension(name, used[name])
            choices = [("", _("any")), *((value, capfirst(word)) for value, word in named)]
            self.fields[name] = forms.ChoiceField(label=capfirst(label), choices=choices, required=False)

    @property
    def main(self) -> list[forms.BoundField]:
        """What every question needs."""
        return [self[name] for name in ("promise", "at")]

    @property
    def others(self) -> list[forms.BoundField]:
        """For whom, and what else may be told."""
        return [*(self[name] for name in DIMENSIONS), self["hall"], self["anchor_at"], self["late"]]

    @property
    def says_more(self) -> bool:
        """Whether something of that was told, so that it should be seen."""
        return any(self.data.get(field.html_name) for field in self.others)

    def attributes(self) -> dict[str, str]:
        """For whom it is asked; what does not matter is left out."""
        return {name: self.cleaned_data[name] for name in DIMENSIONS if self.cleaned_data[name]}

    def lateness(self) -> timedelta | None:
        """By how much it would be broken, if that was asked."""
        hours = self.cleaned_data["late"]
        return None if hours is None else timedelta(hours=hours)


def _promises(policies: Iterable[Policy]) -> Options:
    """Every promise, and the families of which one promise holds."""
    policies = list(policies)
    families: dict[str, list[str]] = defaultdict(list)
    for policy in policies:
        if policy.family and policy.is_active:
            families[policy.family].append(policy.key)
    rivals = [(name, _("one of %(keys)s") % {"keys": listed(keys)}) for name, keys in families.items() if len(keys) > 1]
    single = [(policy.key, f"{policy.key} · {naming.title(policy)}") for policy in policies]
    groups: Options = [(_("Promises"), single), (_("The one that holds for these attributes"), rivals)]
    return [group for group in groups if group[1]]


class VersionForm(forms.Form):
    """A draft, a version to come, or what holds now, by the key of its row."""

    version = forms.ChoiceField(label=gettext_lazy("Version"))

    def __init__(self, choices: Options, data: Mapping[str, Any] | None) -> None:
        super().__init__(data)
        field = self.fields["version"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices


def version_choices(policies: Iterable[Policy], at: datetime) -> Options:
    """Drafts first, then what is to come, then what holds."""
    groups: dict[str, Options] = {_("Drafts"): [], _("To come"): [], _("In force"): []}
    drafts, to_come, held = groups.values()
    for policy in policies:
        begins = policy.effective_from
        place = drafts if begins is None else to_come if begins > at else held
        place.append((str(policy.version), f"{policy.key} ({policy.number}) · {naming.title(policy)}"))
    return [(title, choices) for title, choices in groups.items() if choices]
