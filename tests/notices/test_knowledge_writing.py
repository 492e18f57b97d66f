"""Articles are written by one person and published by another; what is out is never edited, and the search follows."""

from datetime import timedelta

import pytest
from django.db import IntegrityError

from accounts.permissions import Forbidden
from accounts.roles import Role
from casework.models import Event
from notices.models import Article, ArticleFeedback, ArticleText, AskedQuestion, Message
from notices.operations import knowledge_feedback, knowledge_publishing, knowledge_reviews, knowledge_writing
from notices.operations.knowledge_publishing import AlreadyWithdrawn, OwnWords, PermanentArticle
from notices.operations.knowledge_questions import NewQuestion, NoLongerOpen, answer_question, ask_department, drop_question
from notices.operations.knowledge_writing import NameTaken, NewArticle, NoSuchDraft, NothingWritten, Wording
from notices.queries import articles
from notices.queries.knowledge import find
from sla.models import Clock
from tests.factories.accounts import StaffFactory
from tests.factories.casework import GeneralRequestFactory
from tests.factories.knowledge import ArticleFeedbackFactory, ArticleTextFactory, DraftFactory

NEW = NewArticle(slug="Whistling regulator", section="repairs", department=Role.ENGINEER)
WORDS = Wording(language="en", title="The regulator whistles", body="Close the valve.\n- Ring us.", words="hiss")


@pytest.fixture
def begun(fang, now):
    """An article with the first draft of a clerk."""
    article = knowledge_writing.begin_article(article=NEW, wording=WORDS, by=fang.user, at=now)
    return article.texts.select_related("article").get()


@pytest.fixture
def out(begun, qiang, now):
    return knowledge_publishing.publish_text(text=begun, by=qiang.user, at=now)


def slugs(words):
    return [hit.slug for hit in find(words=words, language="en")]


class TestWriting:
    def test_begins_with_a_draft_that_nobody_reads(self, begun):
        assert (begun.article.slug, begun.number, begun.published_at) == ("whistling-regulator", 1, None)
        assert articles.reading(begun.article.slug, language="en", audience="staff") is None
        assert slugs("regulator") == []

    def test_refuses_a_name_that_is_taken_and_what_says_nothing(self, begun, fang, now):
        with pytest.raises(NameTaken):
            knowledge_writing.begin_article(article=NEW, wording=WORDS, by=fang.user, at=now)
        with pytest.raises(NothingWritten):
            knowledge_writing.draft_text(article=begun.article, wording=Wording(language="ru", title="?", body=" "), by=fang.user, at=now)
        with pytest.raises(NothingWritten):
            knowledge_writing.begin_article(
                article=NewArticle(slug="了", section="repairs", department="x"), wording=WORDS, by=fang.user, at=now
            )

    def test_keeps_one_draft_a_language_the_newest_words_in_place_of_the_older(self, begun, fang, now):
        better = Wording(language="en", title="It whistles", body="Ring us.\r\nAt once.")
        draft = knowledge_writing.draft_text(article=begun.article, wording=better, by=fang.user, at=now)
        assert (draft.pk, draft.title, draft.body) == (begun.pk, "It whistles", "Ring us.\nAt once.")

    def test_customers_write_nothing(self, begun, olive, now):
        with pytest.raises(Forbidden):
            knowledge_writing.draft_text(article=begun.article, wording=WORDS, by=olive, at=now)


class TestPublishing:
    def test_lets_it_be_read_and_found(self, out):
        assert articles.reading(out.article.slug, language="en", audience="public").text == out
        assert slugs("my regulator is whistling") == slugs("hiss") == [out.article.slug]

    def test_is_not_for_the_writer_nor_for_those_who_may_not(self, begun, fang, qiang, now):
        with pytest.raises(Forbidden):
            knowledge_publishing.publish_text(text=begun, by=fang.user, at=now)
        own = knowledge_writing.draft_text(article=begun.article, wording=WORDS, by=qiang.user, at=now)
        with pytest.raises(OwnWords):
            knowledge_publishing.publish_text(text=own, by=qiang.user, at=now)

    def test_is_refused_by_the_database_too(self, begun):
        with pytest.raises(IntegrityError):
            ArticleText.objects.filter(pk=begun.pk).update(published_by=begun.written_by, published_at=begun.written_at)

    def test_takes_only_the_words_that_were_looked_at(self, begun, fang, qiang, now):
        knowledge_writing.draft_text(article=begun.article, wording=WORDS, by=fang.user, at=now + timedelta(minutes=1))
        with pytest.raises(NoSuchDraft):
            knowledge_publishing.publish_text(text=begun, by=qiang.user, at=now)
        assert slugs("regulator") == []

    def test_replaces_what_held_and_keeps_it_as_it_was(self, out, fang, qiang, now):
        draft = knowledge_writing.draft_text(
            article=out.article, wording=Wording(language="en", title="Singing pipe", body="Ring us."), by=fang.user, at=now
        )
        knowledge_publishing.publish_text(text=draft, by=qiang.user, at=now)
        out.refresh_from_db()
        assert (out.is_current, out.title, draft.number) == (False, "The regulator whistles", 2)
        assert slugs("whistles") == []
        assert slugs("singing") == [out.article.slug]

    def test_an_offered_draft_waits_and_may_go_back_with_a_reason(self, begun, fang, qiang, now):
        knowledge_writing.offer_text(text=begun, by=fang.user, at=now)
        assert list(articles.offered()) == [begun]
        knowledge_writing.send_back(text=begun, why="Name the valve.", by=qiang.user, at=now)
        begun.refresh_from_db()
        assert (begun.offered_at, begun.returned_why) == (None, "Name the valve.")

    def test_a_translation_is_older_once_its_source_is_newer(self, out, fang, qiang, now):
        russian = Wording(language="ru", title="Свистит регулятор", body="Звоните.")
        translated = knowledge_writing.draft_text(article=out.article, wording=russian, by=fang.user, at=now)
        knowledge_publishing.publish_text(text=translated, by=qiang.user, at=now)
        assert list(articles.older_translations()) == []
        newer = knowledge_writing.draft_text(article=out.article, wording=WORDS, by=fang.user, at=now)
        knowledge_publishing.publish_text(text=newer, by=qiang.user, at=now)
        assert list(articles.older_translations()) == [translated]
        assert articles.reading(out.article.slug, language="ru", audience="public").is_older


class TestWithdrawing:
    def test_takes_it_from_readers_and_search_and_says_why(self, out, qiang, now):
        knowledge_publishing.withdraw_article(article=out.article, why="No such regulators any more.", by=qiang.user, at=now)
        assert (articles.reading(out.article.slug, language="en", audience="staff"), slugs("regulator")) == (None, [])
        assert articles.withdrawn(out.article.slug).withdrawn_why == "No such regulators any more."
        with pytest.raises(AlreadyWithdrawn):
            knowledge_publishing.withdraw_article(article=out.article, why="Again.", by=qiang.user, at=now)

    def test_never_touches_what_is_permanent(self, qiang, now):
        article = ArticleTextFactory(article__is_permanent=True).article
        with pytest.raises(PermanentArticle):
            knowledge_publishing.withdraw_article(article=article, why="Old.", by=qiang.user, at=now)
        with pytest.raises(IntegrityError):
            Article.objects.filter(pk=article.pk).update(withdrawn_at=now, withdrawn_by="user:1")


class TestUpkeep:
    def test_a_change_that_is_told_of_must_be_published_within_a_working_day(self, book, out, fang, qiang, now):
        knowledge_publishing.tell_change(article=out.article, reason="Other regulators.", by=fang.user, at=now)
        clock = Clock.objects.get(timeline__article=out.article)
        assert (clock.promise_id, clock.stopped_at) == ("T84", None)
        draft = knowledge_writing.draft_text(article=out.article, wording=WORDS, by=fang.user, at=now)
        knowledge_publishing.publish_text(text=draft, by=qiang.user, at=now + timedelta(hours=1))
        clock.refresh_from_db()
        assert clock.stopped_at == now + timedelta(hours=1)
        assert [(change.reason, change.settled_at) for change in clock.timeline.page_changes.all()] == [
            ("Other regulators.", clock.stopped_at)
        ]
        assert [event.facts.get("title") for event in Event.objects.filter(timeline__article=out.article)] == [None, None]

    def test_departments_are_asked_once_when_the_day_has_come(self, fang, now):
        text = ArticleTextFactory(article__review_by=now.date())
        assert [knowledge_reviews.remind_of_reviews(at=now) for _ in range(2)] == [1, 0]
        assert Message.objects.filter(kind="article_review", staff=fang, channel="inbox").get().text.endswith(text.title)
        knowledge_publishing.confirm_review(article=text.article, by=fang.user, at=now)
        text.article.refresh_from_db()
        assert (text.article.review_by - now.date()).days == text.article.review_days
        assert knowledge_reviews.remind_of_reviews(at=now) == 0

    def test_what_readers_wrote_is_blanked_when_it_is_old(self, db, now, settings):
        settings.MESSAGE_WORDS_DAYS = 30
        old, new = ArticleFeedbackFactory(at=now - timedelta(days=31)), ArticleFeedbackFactory(at=now)
        assert knowledge_feedback.forget_feedback(at=now) == 1
        assert list(ArticleFeedback.objects.filter(pk__in=[old.pk, new.pk]).order_by("at").values_list("words", flat=True)) == [
            "",
            new.words,
        ]


class TestQuestions:
    @pytest.fixture
    def asked(self, fang, now):
        question = NewQuestion(text="May a card be written at a petrol station?", language="en", department=Role.MARKETING)
        return ask_department(question=question, by=fang.user, at=now)

    @pytest.fixture
    def mona(self, db):
        return StaffFactory(roles=[Role.MARKETING])

    def test_go_to_the_people_of_the_department_with_an_hour(self, mona, asked, now, settings):
        assert asked.due_at == now + timedelta(hours=settings.KNOWLEDGE_ANSWER_HOURS)
        assert Message.objects.get(kind="question_asked", channel="inbox").staff == mona

    def test_become_the_draft_of_an_article_and_whoever_asked_hears_it(self, mona, asked, fang, qiang, now):
        article = answer_question(question=asked, answer="At three of them.", by=mona.user, at=now)
        draft = article.texts.get()
        assert (draft.title, draft.body, draft.published_at) == (asked.text, "At three of them.", None)
        assert Message.objects.get(kind="question_answered", channel="inbox").staff == fang
        knowledge_publishing.publish_text(text=draft, by=qiang.user, at=now)
        assert slugs("card at a petrol station") == [article.slug]

    def test_are_answered_by_their_department_and_once(self, mona, asked, fang, now):
        with pytest.raises(Forbidden):
            answer_question(question=asked, answer="I guess so.", by=fang.user, at=now)
        answer_question(question=asked, answer="No.", by=mona.user, at=now)
        with pytest.raises(NoLongerOpen):
            drop_question(question=asked, why="Twice.", by=mona.user, at=now)

    def test_are_dropped_with_a_reason(self, mona, asked, now):
        with pytest.raises(NothingWritten):
            drop_question(question=asked, why=" ", by=mona.user, at=now)
        drop_question(question=asked, why="Stands under kiosks.", by=mona.user, at=now)
        assert AskedQuestion.objects.get().dropped_why == "Stands under kiosks."
        assert list(articles.open_questions()) == []

    def test_outlive_the_case_they_came_from(self, fang, now):
        case = GeneralRequestFactory().case
        asked = ask_department(question=NewQuestion(text="?", language="en", department="clerk", case=case), by=fang.user, at=now)
        assert Message.objects.filter(kind="question_asked", channel="inbox", text__contains=case.reference).exists()
        assert asked.case == case


def test_drafts_are_thrown_away_and_what_is_out_is_not(out, fang, now):
    draft = DraftFactory(article=out.article)
    knowledge_writing.discard_text(text=draft, by=fang.user, at=now)
    with pytest.raises(NoSuchDraft):
        knowledge_writing.discard_text(text=out, by=fang.user, at=now)
