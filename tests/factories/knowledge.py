"""Articles of the knowledge base, their words, what readers say, questions to departments."""

from datetime import UTC, date, datetime, timedelta

import factory
from factory.django import DjangoModelFactory

from accounts.roles import Role
from notices import models
from tests.factories.accounts import StaffFactory

LONG_AGO = datetime(2026, 3, 1, 1, 0, tzinfo=UTC)


class ArticleFactory(DjangoModelFactory):
    class Meta:
        model = models.Article

    slug = factory.Sequence(lambda n: f"article-{n}")
    section = models.Section.TOP_UP
    source_language = "en"
    department = Role.CLERK
    review_by = date(2027, 3, 1)
    created_at = LONG_AGO


class ArticleTextFactory(DjangoModelFactory):
    """Current words, published by another than their writer; they stand on no shelf of the search."""

    class Meta:
        model = models.ArticleText

    article = factory.SubFactory(ArticleFactory)
    language = "en"
    number = 1
    title = factory.Sequence(lambda n: f"How to top up, part {n}")
    body = "Bring the card."
    written_by = "user:900001"
    written_at = LONG_AGO
    published_by = "user:900002"
    published_at = LONG_AGO
    is_current = True


class DraftFactory(ArticleTextFactory):
    published_by = ""
    published_at = None
    is_current = False
    number = 2


class ArticleFeedbackFactory(DjangoModelFactory):
    class Meta:
        model = models.ArticleFeedback

    article = factory.SubFactory(ArticleFactory)
    language = "en"
    number = 1
    is_useful = False
    words = "Where is the machine?"
    at = LONG_AGO


class AskedQuestionFactory(DjangoModelFactory):
    class Meta:
        model = models.AskedQuestion

    text = "May a card be written at a petrol station?"
    language = "en"
    department = Role.CLERK
    asked_by = factory.LazyFunction(lambda: StaffFactory(roles=[Role.HOTLINE_AGENT]).user)
    asked_at = LONG_AGO
    due_at = LONG_AGO + timedelta(days=1)
