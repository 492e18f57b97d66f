"""What is written as news, and how it is corrected."""

from typing import Any

from django import forms
from django.conf import settings
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from .models import News, NewsCategory
from .news_rules import TEXT, TITLE, Said
from .operations.news import NewsDraft

_MOMENT = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")


class WordsForm(forms.Form):
    """A title and a text in each language, the house's first."""

    def __init__(self, data: QueryDict | None = None, *, initial: dict[str, Any] | None = None, news: News | None = None) -> None:
        super().__init__(data, initial={**(_words(news) if news else {}), **(initial or {})})
        for code, name in _languages():
            is_house = code == settings.LANGUAGE_CODE
            area = forms.Textarea(attrs={"rows": 5, "lang": code})
            self.fields[f"title_{code}"] = forms.CharField(label=_("Title") + f" ({name})", max_length=TITLE, required=is_house)
            self.fields[f"text_{code}"] = forms.CharField(label=_("Text") + f" ({name})", max_length=TEXT, required=is_house, widget=area)

    @property
    def words(self) -> list[forms.BoundField]:
        """The fields of its words."""
        return [self[f"{part}_{code}"] for code, _name in _languages() for part in ("title", "text")]

    def said(self) -> dict[str, Said]:
        """What was written, by language."""
        typed = self.cleaned_data
        return {code: Said(typed.get(f"title_{code}") or "", typed.get(f"text_{code}") or "") for code, _name in _languages()}


class NewsForm(WordsForm):
    """A piece of news."""

    category = forms.ChoiceField(
        label=_("What it is about"),
        choices=NewsCategory.choices,
        widget=forms.RadioSelect,
        initial=NewsCategory.SERVICE,
        help_text=_("Prices and safety are read by somebody else before everybody reads them."),
    )
    publish_at = forms.DateTimeField(
        label=_("On the page from"), required=False, widget=_MOMENT, help_text=_("Empty: at once, as soon as it may be read.")
    )
    kept_why = forms.CharField(
        label=_("Why names or numbers in it may stay"),
        required=False,
        max_length=300,
        help_text=_("Only where something looks like personal data and is none, as the phone of a hall. Somebody else reads it then."),
    )
    about = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    @property
    def settings_fields(self) -> list[forms.BoundField]:
        """What is settled beside the words."""
        return [self[name] for name in ("category", "publish_at", "kept_why")]

    def draft(self) -> NewsDraft:
        """What was written."""
        plain = {name: self.cleaned_data[name] for name in ("category", "publish_at", "kept_why", "about")}
        return NewsDraft(texts=self.said(), **plain)


class CorrectionForm(WordsForm):
    """Better words, and what was wrong with those before."""

    def __init__(self, data: QueryDict | None = None, *, news: News | None = None) -> None:
        super().__init__(data, news=news)
        for code, name in _languages():
            is_house = code == settings.LANGUAGE_CODE
            self.fields[f"note_{code}"] = forms.CharField(label=_("What was wrong") + f" ({name})", max_length=300, required=is_house)

    @property
    def notes_fields(self) -> list[forms.BoundField]:
        """What everybody reads of the correction."""
        return [self[f"note_{code}"] for code, _name in _languages()]

    def notes(self) -> dict[str, str]:
        """What was wrong, by language."""
        return {code: self.cleaned_data.get(f"note_{code}") or "" for code, _name in _languages()}


class LookedForm(forms.Form):
    """How many marked places somebody looked at."""

    looked_at = forms.IntegerField(min_value=0)


def _languages() -> list[tuple[str, str]]:
    return sorted(((code, str(name)) for code, name in settings.LANGUAGES), key=lambda one: one[0] != settings.LANGUAGE_CODE)


def _words(news: News) -> dict[str, Any]:
    found: dict[str, Any] = {name: getattr(news, name) for name in ("category", "publish_at", "kept_why", "about")}
    for text in news.texts.all():
        found |= {f"title_{text.language}": text.title, f"text_{text.language}": text.text}
    return found
