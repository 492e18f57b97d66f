"""The demo's knowledge base has something of everything."""

from desk.city.known import bring_knowledge
from notices.models import ArticleFeedback, AskedQuestion
from notices.queries import articles
from tests.factories.accounts import StaffFactory

ROLES = {"xia": "hotline_agent", "fang": "clerk", "lan": "reception_specialist", "wei": "key_account_manager", "qiang": "hall_head"}


def test_the_demo_shows_an_offer_older_translations_readers_and_questions(db, now):
    for username, role in ROLES.items():
        StaffFactory(user__username=username, roles=[role])
    bring_knowledge(now)
    assert [text.article.slug for text in articles.offered()] == ["connection-cost"]
    assert {text.article.slug for text in articles.older_translations()} == {"halls-and-hours"}
    assert (ArticleFeedback.objects.count(), articles.complaints_of_readers().count()) == (6, 3)
    assert (AskedQuestion.objects.count(), articles.open_questions().count()) == (3, 1)
