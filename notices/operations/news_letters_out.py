"""Write to colleagues about news: to whoever may let them out, and to their writer."""

from datetime import datetime

from django.urls import reverse

from accounts.models import Staff

from ..models import News
from .announcement_letters_out import approvers
from .writing import owe_to_staff


def ask_readers(*, news: News, at: datetime) -> None:
    """Somebody else has to read it, or a correction of it."""
    _tell("news_offered", news, approvers(but=news.written_by_id, at=at), at)


def tell_writer(*, news: News, at: datetime) -> None:
    """It was let out, or sent back and why."""
    if news.written_by is not None:
        _tell("news_decided", news, [news.written_by], at)


def _tell(kind: str, news: News, staff: list[Staff], at: datetime) -> None:
    context = {"number": news.pk, "said": news.said, "is_sent_back": news.is_draft}
    link = reverse("notices:news", args=[news.pk])
    owe_to_staff(kind=kind, key=f"{kind}:{news.pk}:{news.version}", staff=staff, context=context, at=at, link=link)
