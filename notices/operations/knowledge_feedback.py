"""What readers say of an article: whether it helped, and in a few words what did not."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from accounts.actors import Actor

from .. import permissions
from ..models import ArticleFeedback, ArticleText


@transaction.atomic
def say_of_article(*, text: ArticleText, is_useful: bool, words: str, by: Actor, at: datetime) -> ArticleFeedback:
    """Keep one word of a reader, without who it was."""
    return ArticleFeedback.objects.create(
        article_id=text.article_id,
        language=text.language,
        number=text.number,
        is_useful=is_useful,
        is_from_staff=permissions.is_colleague(by, at=at),
        words=words.strip()[:500],
        at=at,
    )


@transaction.atomic
def settle_feedback(*, feedback: ArticleFeedback, by: Actor, at: datetime) -> None:
    """Somebody looked at it; what it asks for is done or will not be. Raises Forbidden."""
    permissions.check_may_write_knowledge(by, at=at)
    ArticleFeedback.objects.filter(pk=feedback.pk, settled_at=None).update(settled_at=at, settled_by=by.actor_label)


@transaction.atomic
def forget_feedback(*, at: datetime) -> int:
    """Blank what readers wrote once it is as old as the words of messages; whether it helped stays. Returns how many."""
    if not settings.MESSAGE_WORDS_DAYS:
        return 0
    old = ArticleFeedback.objects.filter(at__lt=at - timedelta(days=settings.MESSAGE_WORDS_DAYS)).exclude(words="")
    return old.update(words="")
