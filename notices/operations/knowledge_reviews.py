"""Ask departments to look at their articles in time."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse

from accounts.clock import business_date

from ..models import Article
from ..queries.departments import people_of
from .writing import owe_to_staff

#: So many a night; the rest the next one.
MOST = 200


@transaction.atomic
def remind_of_reviews(*, at: datetime) -> int:
    """Write to the people of a department about each article whose day has come, once for that day. Returns how many articles."""
    today = business_date(at)
    due = Article.objects.filter(review_by__lte=today, withdrawn_at=None).exclude(reminded_for__isnull=False).order_by("review_by", "pk")
    rows = list(due.select_for_update(no_key=True)[:MOST])
    for article in rows:
        context = {"title": _title(article), "day": article.review_by}
        link = reverse("notices:knowledge_article", args=[article.slug])
        key = f"article:{article.pk}:{article.review_by:%Y%m%d}"
        staff = people_of(article.department, at)
        owe_to_staff(kind="article_review", key=key, staff=staff, context=context, at=at, link=link, group="articles", about=article.slug)
        article.reminded_for = today
        article.save(update_fields=["reminded_for"])
    return len(rows)


def _title(article: Article) -> str:
    text = article.texts.filter(language=article.source_language).order_by("-is_current", "-number").first()
    return text.title if text else article.slug
