"""What people may ask of lists, how they want to be reached, and who else listens."""

from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .models import Channel, MessageStatus, Preference, Subscription


class MessageFilter(forms.Form):
    """One status and one channel, or all."""

    status = forms.ChoiceField(label=_("Status"), required=False, choices=[("", _("all")), *MessageStatus.choices])
    channel = forms.ChoiceField(label=_("Channel"), required=False, choices=[("", _("all")), *Channel.choices])


class PreferenceForm(forms.ModelForm):  # type: ignore[type-arg]
    """How a staff member wants to be reached; what is empty follows the house."""

    channel = forms.ChoiceField(
        label=_("How we alert you"),
        required=False,
        choices=[("", _("text message, or e-mail without a phone")), *Preference.Push.choices],
        widget=forms.RadioSelect,  # long words: a closed list would cut them on a phone
    )
    budget = forms.IntegerField(label=_("At most so many an hour"), required=False, min_value=1, max_value=600)

    class Meta:
        model = Preference
        fields = ["channel", "quiet_from", "quiet_until", "zone", "budget"]
        labels = {"quiet_from": _("Quiet from"), "quiet_until": _("Quiet until"), "zone": _("Time zone")}
        widgets = {
            "quiet_from": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
            "quiet_until": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        begins, ends = settings.QUIET_HOURS
        house = {"from": begins.strftime("%H:%M"), "until": ends.strftime("%H:%M")}
        self.fields["quiet_from"].help_text = _("Empty: %(from)s to %(until)s. Safety knows no quiet.") % house
        self.fields["zone"].help_text = _("Empty: %(zone)s.") % {"zone": settings.TIME_ZONE}
        if "budget" in self.fields:
            number = {"number": settings.MESSAGES_PER_HOUR}
            self.fields["budget"].help_text = _("Empty: %(number)s. What is over comes as one digest.") % number

    def clean_zone(self) -> str:
        zone: str = self.cleaned_data["zone"].strip()
        if zone and zone not in available_timezones():
            raise forms.ValidationError(_("No such time zone. Write it as Asia/Shanghai."))
        return zone

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        if (found.get("quiet_from") is None) != (found.get("quiet_until") is None):
            self.add_error("quiet_until", _("Quiet hours need a beginning and an end."))
        return found


class QuietForm(PreferenceForm):
    """When a customer wants no text messages and calls; the channel itself is among their details."""

    budget = channel = None  # type: ignore[assignment]

    class Meta(PreferenceForm.Meta):
        fields = ["quiet_from", "quiet_until", "zone"]


class SubscriptionForm(forms.Form):
    """Who wants to hear what, where."""

    name = forms.CharField(label=pgettext_lazy("thing", "Name"), max_length=80)
    url = forms.CharField(label=_("Address"), max_length=500, help_text=_("It begins with https:// and lies on the public internet."))
    verbs = forms.CharField(
        label=_("Events"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One on each line: case.opened, case.* for all of a kind, * for everything."),
    )

    @classmethod
    def of(cls, subscription: Subscription) -> "SubscriptionForm":
        """Filled in with what it says now."""
        return cls(initial={"name": subscription.name, "url": subscription.url, "verbs": "\n".join(subscription.verbs)})

    def clean_verbs(self) -> list[str]:
        """One on each line, or with commas between."""
        return str(self.cleaned_data["verbs"]).replace(",", "\n").split()
