"""What is announced, to whom, by which ways, and when. Places are chosen from the tree, a level at a time, without a script."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from accounts.models import Account, Segment, Territory

from . import audiences
from .models import Announcement, AnnouncementKind, Channel
from .operations.announcements import Draft, Words
from .queries.announcement_reach import WAYS

_MOMENT = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
_LONGEST = 1_000


class AnnouncementForm(forms.Form):
    """One page for everything: words in each language, filters, ways."""

    kind = forms.ChoiceField(
        label=_("What it is"), choices=AnnouncementKind.choices, widget=forms.RadioSelect, initial=AnnouncementKind.NEWS
    )
    places = forms.ModelMultipleChoiceField(label=_("Places"), queryset=Territory.objects.order_by("path"), required=False)
    condition = forms.ChoiceField(label=_("Only who"), required=False, help_text=_("A payment notice needs this."))
    segments = forms.MultipleChoiceField(
        label=_("Only these segments"), choices=Segment.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    price_classes = forms.MultipleChoiceField(
        label=_("Only these price classes"), choices=Account.PriceClass.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    ways = forms.MultipleChoiceField(
        label=_("Only by"),
        choices=[(str(way), Channel(way).label) for way in WAYS],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None: the way each customer chose. Whom no ticked way reaches is not told."),
    )
    is_safety = forms.BooleanField(
        label=_("For safety: at any hour, also to who wants no announcements"),
        required=False,
        help_text=_("Somebody else must approve it."),
    )
    is_public = forms.BooleanField(label=_("On the public page too"), required=False)
    public_until = forms.DateTimeField(label=_("On the page until"), required=False, widget=_MOMENT, help_text=_("Empty: for thirty days."))

    def __init__(self, data: QueryDict | None = None, *, announcement: Announcement | None = None) -> None:
        super().__init__(data, initial=_initial(announcement) if announcement else {})
        known = [(code, audience.title) for code, audience in audiences.audiences().items()]
        self.fields["condition"] = forms.ChoiceField(
            label=self.fields["condition"].label,
            required=False,
            choices=[("", _("everybody")), *known],
            help_text=self.fields["condition"].help_text,
        )
        for code, name in settings.LANGUAGES:
            is_house = code == settings.LANGUAGE_CODE
            self.fields[f"title_{code}"] = forms.CharField(label=_("Title") + f" ({name})", max_length=120, required=is_house)
            words = forms.Textarea(attrs={"rows": 3, "lang": code})
            self.fields[f"text_{code}"] = forms.CharField(
                label=_("Text") + f" ({name})", max_length=_LONGEST, required=is_house, widget=words
            )

    @property
    def words(self) -> list[forms.BoundField]:
        """The fields of its words, the house's language first."""
        codes = sorted((code for code, _name in settings.LANGUAGES), key=lambda code: code != settings.LANGUAGE_CODE)
        return [self[f"{part}_{code}"] for code in codes for part in ("title", "text")]

    @property
    def filters(self) -> list[forms.BoundField]:
        """Whom it is for, besides the places."""
        return [self[name] for name in ("condition", "segments", "price_classes")]

    @property
    def going(self) -> list[forms.BoundField]:
        """How it goes out."""
        return [self[name] for name in ("ways", "is_safety", "is_public", "public_until")]

    @property
    def placeholders(self) -> list[tuple[str, Mapping[str, Any]]]:
        """What may stand in the words, by who it is for."""
        return [(str(one.title), one.placeholders) for one in audiences.audiences().values()]

    def chosen(self) -> Sequence[Territory]:
        """The places chosen so far, whether or not the rest is right."""
        if not isinstance(self.data, QueryDict) or not self.is_bound:
            return list(self.initial.get("places", ()))
        keys = [key for key in self.data.getlist("places") if key.isdecimal() and len(key) < 19]
        return list(Territory.objects.filter(pk__in=keys).order_by("path"))

    def draft(self) -> Draft:
        """What was written, as far as it is right."""
        typed = self.cleaned_data
        texts = {
            code: Words(typed.get(f"title_{code}") or "", typed.get(f"text_{code}") or "")
            for code, _name in settings.LANGUAGES
            if typed.get(f"title_{code}") or typed.get(f"text_{code}")
        }
        return Draft(
            texts=texts,
            kind=typed.get("kind") or AnnouncementKind.NEWS,
            places=list(typed.get("places") or ()),
            segments=typed.get("segments") or (),
            price_classes=typed.get("price_classes") or (),
            condition=typed.get("condition") or "",
            ways=typed.get("ways") or (),
            is_safety=bool(typed.get("is_safety")),
            is_public=bool(typed.get("is_public")),
            public_until=typed.get("public_until"),
        )


class HourForm(forms.Form):
    """When it goes out."""

    publish_at = forms.DateTimeField(label=_("Goes out"), required=False, widget=_MOMENT, help_text=_("Empty: as soon as may be."))


class MoveForm(HourForm):
    """Another hour."""

    publish_at = forms.DateTimeField(label=_("Another hour"), widget=_MOMENT)


class ReasonForm(forms.Form):
    """Why not."""

    reason = forms.CharField(label=_("Why"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))


def _initial(announcement: Announcement) -> dict[str, Any]:
    plain = ("kind", "condition", "segments", "price_classes", "ways", "is_safety", "is_public", "public_until")
    found: dict[str, Any] = {name: getattr(announcement, name) for name in plain}
    found["places"] = list(announcement.territories.all())
    for text in announcement.texts.all():
        found |= {f"title_{text.language}": text.title, f"text_{text.language}": text.text}
    return found
