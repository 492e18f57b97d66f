"""Articles, what readers say of them, and questions to departments, as they are typed."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from accounts.roles import Role

from .models import Article, ArticleText, Audience, Section
from .operations.knowledge_writing import NewArticle, Wording
from .queries.articles import Tongue


class WordingForm(forms.Form):
    """What an article says in one language."""

    title = forms.CharField(label=_("Question or title"), max_length=160)
    body = forms.CharField(
        label=_("Answer"),
        max_length=8_000,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_(
            "A line is a paragraph. Steps begin with 1., points with -. [words](/path/) leads to a page; "
            "{hotline} and {office} are our phones."
        ),
    )
    words = forms.CharField(
        label=_("What else people call it"), max_length=400, required=False, help_text=_("With commas between; found, but not shown.")
    )
    reason = forms.CharField(label=_("What is new, in a few words"), max_length=200, required=False)

    def wording(self, language: str) -> Wording:
        """As the operation takes it."""
        given = self.cleaned_data
        return Wording(language=language, title=given["title"], body=given["body"], words=given["words"], reason=given["reason"])


class ArticleForm(WordingForm):
    """A new article with its first words."""

    section = forms.ChoiceField(label=_("Section"), choices=Section.choices)
    audience = forms.ChoiceField(label=_("For"), choices=Audience.choices)
    department = forms.ChoiceField(label=_("Answered for by"), choices=Role.choices)
    language = forms.ChoiceField(label=_("Written in"), choices=settings.LANGUAGES)
    slug = forms.SlugField(label=_("Short name in the address"), max_length=60, help_text=_("Latin letters, digits and -."))
    review_days = forms.IntegerField(label=_("Looked at every (days)"), min_value=7, max_value=730, initial=180)
    is_common = forms.BooleanField(label=_("Among the frequent questions"), required=False)

    field_order = ("title", "body", "words", "section", "audience", "department", "language", "slug", "review_days", "is_common")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["reason"]

    def article(self) -> NewArticle:
        """What is settled before the words."""
        names = ("slug", "section", "department", "audience", "is_common", "review_days")
        return NewArticle(**{name: self.cleaned_data[name] for name in names})

    def wording(self, language: str) -> Wording:
        given = self.cleaned_data
        return Wording(language=language, title=given["title"], body=given["body"], words=given["words"])


class WhyForm(forms.Form):
    """A few words that must not be missing."""

    why = forms.CharField(label=_("Why"), max_length=200)


class ChangedForm(forms.Form):
    """What a page, an article or news tell of has changed."""

    what = forms.CharField(
        label=_("What has changed"), max_length=300, help_text=_("For colleagues, without names and numbers of customers.")
    )


class HelpfulForm(forms.Form):
    """Whether an article helped; the words only where somebody has some."""

    useful = forms.ChoiceField(label=_("Did this help?"), choices=[("yes", _("Yes")), ("no", _("No"))])
    words = forms.CharField(label=_("What was missing?"), max_length=500, required=False)


class QuestionForm(forms.Form):
    """A question to the department that knows."""

    text = forms.CharField(
        label=_("Question"),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("As it will be asked again by others: no names, phones or addresses."),
    )
    department = forms.ChoiceField(label=_("Department"), choices=Role.choices)
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    reference = forms.CharField(label=_("Case of the customer who waits"), max_length=20, required=False)


class AnswerForm(forms.Form):
    """A department's answer."""

    answer = forms.CharField(label=_("Answer"), max_length=8_000, widget=forms.Textarea(attrs={"rows": 8}))


def wording_form(tongue: Tongue, article: Article, data: Any = None) -> WordingForm:
    """The form of one language: with its draft, else with what holds, else with the source to be translated."""
    base: ArticleText | None = tongue.draft or tongue.current or article.texts.filter(language=article.source_language).first()
    initial = {"title": base.title, "body": base.body, "words": base.words} if base else {}
    return WordingForm(data, initial=initial, auto_id=f"{tongue.code}_%s")
