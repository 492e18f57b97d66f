"""What whoever plans crews fills in: a crew, who is in it, a turn on the roster, a badge."""

from copy import copy
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.db.models import Q
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from phonenumber_field.formfields import PhoneNumberField

from accounts.models import Hall, Staff, Territory

from ..models import Crew, Skill
from ..queries import crew_plans

_DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
_HOUR = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
#: Crews are planned by towns; below them the tree is too fine to tick.
_LEVELS = (Territory.Level.CITY, Territory.Level.COUNTY, Territory.Level.TOWN)


class _PersonField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Somebody who goes to doors, with the crew they are in."""

    def label_from_instance(self, obj: Staff) -> str:
        crews = [one.crew.code for one in getattr(obj, "standing", ())]
        return f"{obj} – {crews[0]}" if crews else str(obj)


class CrewForm(forms.Form):
    """What a crew is. Places it already has can be ticked whatever their level."""

    code = forms.CharField(
        label=pgettext_lazy("crew", "Code"), max_length=8, help_text=_("Short, as it is said on the phone; no other crew has it.")
    )
    name = forms.CharField(label=_("Name"), max_length=80)
    hall = forms.ModelChoiceField(label=_("Hall it belongs to"), queryset=Hall.objects.order_by("code"), required=False)
    skills = forms.MultipleChoiceField(label=_("What it can do"), choices=Skill.choices, widget=forms.CheckboxSelectMultiple)
    territories = forms.ModelMultipleChoiceField(
        label=_("Where it usually works"),
        queryset=Territory.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Nothing chosen: everywhere."),
    )
    phone = PhoneNumberField(
        label=_("Phone in the vehicle"),
        required=False,
        widget=forms.TextInput(attrs={"type": "tel"}),
        help_text=_("What the crew is asked and told goes there too."),
    )
    version = forms.IntegerField(min_value=0, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, crew: Crew | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.crew = crew
        self.is_stale = False
        wanted = Q(level__in=_LEVELS) | Q(pk__in=crew.territories.values("pk") if crew else [])
        self.fields["territories"].queryset = Territory.objects.filter(wanted).order_by("path")  # type: ignore[attr-defined]
        if crew and not self.is_bound:
            self.initial.update({name: getattr(crew, name) for name in ("code", "name", "hall", "skills", "phone", "version")})
            self.initial["territories"] = list(crew.territories.all())

    def plan(self) -> dict[str, Any]:
        """As the operations take it."""
        given = self.cleaned_data | {"phone": str(self.cleaned_data["phone"] or "")}
        return {name: value for name, value in given.items() if name != "version"}

    def looked_at(self) -> Crew:
        """The crew as it was when its form was shown."""
        crew = copy(self.crew) if self.crew else Crew()
        crew.version = -1 if self.cleaned_data["version"] is None else self.cleaned_data["version"]
        return crew

    def look_again(self) -> None:
        """Somebody else was first: what was typed stays, to be sent once more by whoever has seen what it is now."""
        self.is_stale = True
        typed = self.data.copy() if isinstance(self.data, QueryDict) else QueryDict(mutable=True)
        typed["version"] = str(self.crew.version if self.crew else 0)
        self.data = typed
        self.add_error(None, _("Somebody else has changed this crew meanwhile. What you typed is kept; what it is now stands above it."))


class JoinForm(forms.Form):
    """Who comes into a crew."""

    staff = _PersonField(
        label=_("Person"), queryset=Staff.objects.none(), help_text=_("Whoever is in another crew (its code is beside the name) leaves it.")
    )
    is_leader = forms.BooleanField(label=_("leads the crew"), required=False)

    def __init__(self, *args: Any, at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["staff"].queryset = crew_plans.who_goes(at)  # type: ignore[attr-defined]


class TurnForm(forms.Form):
    """When a crew is out, and for how many weeks so."""

    crew = forms.ModelChoiceField(label=_("Crew"), queryset=Crew.objects.filter(retired_at=None))
    day = forms.DateField(label=_("Day"), widget=_DAY)
    begins = forms.TimeField(label=_("From"), widget=_HOUR)
    ends = forms.TimeField(label=_("Until"), widget=_HOUR, help_text=_("Not later than the start: on the next day."))
    weeks = forms.IntegerField(
        label=_("Weeks"),
        min_value=1,
        max_value=crew_plans.MOST_WEEKS,
        initial=1,
        help_text=_("The same turn, in so many weeks one after the other."),
    )
    is_on_call = forms.BooleanField(label=_("on call at home"), required=False)

    def moments(self) -> tuple[datetime, datetime]:
        """From when until when, by the operator's clocks."""
        given = self.cleaned_data
        last = given["day"] if given["ends"] > given["begins"] else given["day"] + timedelta(days=1)
        begins, ends = datetime.combine(given["day"], given["begins"]), datetime.combine(last, given["ends"])
        return timezone.make_aware(begins), timezone.make_aware(ends)


class IssueForm(forms.Form):
    """A new badge."""

    staff = forms.ModelChoiceField(
        label=_("For whom"), queryset=Staff.objects.none(), help_text=_("A badge they have is withdrawn; the number is given by itself.")
    )
    valid_until = forms.DateField(label=_("Valid until"), widget=_DAY)
    photo = forms.FileField(
        label=_("Photo"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
        help_text=_("JPEG, PNG or WebP, at most 1 MB. Customers see it when the crew comes to them."),
    )

    def __init__(self, *args: Any, at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["staff"].queryset = crew_plans.who_goes(at)  # type: ignore[attr-defined]
