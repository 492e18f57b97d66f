"""Help for readers, and the knowledge base for those who keep it."""

import pytest

from notices.models import ArticleFeedback, ArticleText, AskedQuestion
from notices.operations.knowledge_index import put_up
from tests.factories.casework import GeneralRequestFactory
from tests.factories.knowledge import ArticleTextFactory, AskedQuestionFactory, DraftFactory

HTMX = {"HX-Request": "true"}


@pytest.fixture
def lost(db):
    body = "Ring {office} <script>.\n1. Come to [a hall](/halls/).\n2. Not [there](//evil.example/) nor [here](https://evil.example/)."
    text = ArticleTextFactory(article__slug="lost-card", title="Lost card", body=body)
    put_up([text])
    return text


class TestHelp:
    def test_answers_while_somebody_types_and_without_javascript(self, client, lost):
        part = client.post("/help/search/", {"q": "where is my lost card"}, headers=HTMX).content.decode()
        page = client.post("/help/search/", {"q": "where is my lost card"}).content.decode()
        assert "/help/lost-card/" in part
        assert "<html" not in part
        assert "/help/lost-card/" in page
        assert "<html" in page

    def test_says_what_to_do_where_nothing_fits(self, client, lost):
        assert "Nothing fits these words" in client.post("/help/search/", {"q": "zebra crossing"}).content.decode()

    def test_is_not_asked_too_often(self, client, lost, monkeypatch):
        monkeypatch.setattr("notices.views.knowledge_public.may_ask", lambda request, pace: False)
        assert client.post("/help/search/", {"q": "card"}).status_code == 429

    def test_shows_steps_and_links_of_ours_and_nothing_that_was_smuggled_in(self, client, lost):
        page = client.get("/help/lost-card/").content.decode()
        assert '<ol><li>Come to <a href="/halls/">a hall</a>.</li>' in page
        assert 'Ring <a href="tel:0539-5126119">0539-5126119</a> &lt;script&gt;' in page
        assert 'href="//' not in page
        assert 'href="https://evil' not in page
        assert "<svg" in page

    def test_falls_back_on_the_language_it_was_first_written_in(self, client, lost):
        page = client.get("/help/lost-card/", headers={"Accept-Language": "ru"}).content.decode()
        assert 'lang="en"' in page
        assert "Lost card" in page

    def test_of_a_withdrawn_article_says_that_there_was_one(self, client, lost, now):
        ArticleText.objects.update(is_current=False)
        lost.article.__class__.objects.update(withdrawn_at=now, withdrawn_by="user:1", withdrawn_why="Cards are gone.")
        answer = client.get("/help/lost-card/")
        assert answer.status_code == 410
        assert "Cards are gone." in answer.content.decode()

    def test_keeps_from_the_public_what_is_for_colleagues(self, client, lost, signed_in, fang):
        lost.article.__class__.objects.update(audience="staff")
        assert client.get("/help/lost-card/").status_code == 404
        assert signed_in(client, fang).get("/help/lost-card/").status_code == 200

    def test_hears_once_whether_it_helped(self, client, lost):
        assert client.post("/help/lost-card/feedback/", {}).status_code == 422
        for _ in range(2):
            client.post("/help/lost-card/feedback/", {"useful": "no", "words": "Which hall?"})
        said = ArticleFeedback.objects.get()
        assert (said.is_useful, said.words, said.is_from_staff) == (False, "Which hall?", False)

    @pytest.mark.parametrize("path", ["/help/nothing/", "/help/in/nothing/", "/help/in/safety/"])
    def test_knows_what_is_not_there(self, client, lost, path):
        assert client.get(path).status_code == 404


class TestKeeping:
    @pytest.fixture
    def desk(self, client, signed_in, fang):
        return signed_in(client, fang)

    def test_begins_with_an_empty_base_that_says_so(self, desk):
        page = desk.get("/staff/knowledge/").content.decode()
        assert "Nothing is published yet." in page
        assert "No department owes an answer." in page

    def test_searches_beside_a_case_and_asks_for_it(self, desk, lost):
        case = GeneralRequestFactory().case
        assert f'value="{case.reference}"' in desk.get(f"/staff/cases/{case.reference}/").content.decode()
        part = desk.post("/staff/knowledge/search/", {"q": "lost card", "reference": case.reference}, headers=HTMX).content.decode()
        assert "Lost card" in part
        asked = {"text": "At a petrol station?", "department": "clerk", "language": "en", "reference": case.reference.lower()}
        desk.post("/staff/knowledge/questions/ask/", asked)
        assert AskedQuestion.objects.get().case == case

    def test_keeps_what_was_typed_when_the_case_is_unknown(self, desk):
        asked = {"text": "At a petrol station?", "department": "clerk", "language": "en", "reference": "NOSUCH"}
        answer = desk.post("/staff/knowledge/questions/ask/", asked)
        assert answer.status_code == 422
        assert "At a petrol station?" in answer.content.decode()

    def test_writes_an_article_and_offers_it(self, desk):
        given = {"title": "Whistling", "body": "Ring us.", "section": "repairs", "audience": "public", "department": "clerk"}
        answer = desk.post("/staff/knowledge/new/", {**given, "language": "en", "slug": "whistling", "review_days": 90})
        assert answer.url == "/staff/knowledge/articles/whistling/"
        draft = ArticleText.objects.get()
        desk.post("/staff/knowledge/articles/whistling/en/offer/", {"written_at": draft.written_at.isoformat()})
        draft.refresh_from_db()
        assert draft.offered_at is not None

    def test_publishes_only_the_draft_that_was_looked_at(self, client, signed_in, qiang, lost):
        head, draft = signed_in(client, qiang), DraftFactory(article=lost.article, title="Card lost or stolen")
        page = head.post("/staff/knowledge/articles/lost-card/en/publish/", {"written_at": "2020-01-01T00:00:00+00:00"}, follow=True)
        assert "not as you saw it" in page.content.decode()
        head.post("/staff/knowledge/articles/lost-card/en/publish/", {"written_at": draft.written_at.isoformat()})
        assert ArticleText.objects.get(is_current=True) == draft

    def test_answers_a_question_and_goes_on_to_its_article(self, desk):
        question = AskedQuestionFactory(department="clerk")
        answer = desk.post(f"/staff/knowledge/questions/{question.pk}/answer/", {"answer": "At three of them."})
        assert answer.url == f"/staff/knowledge/articles/question-{question.pk}/"
        assert "At three of them." in desk.get(f"/staff/knowledge/questions/{question.pk}/").content.decode()

    def test_withdraws_nothing_without_a_reason(self, client, signed_in, qiang, lost):
        assert signed_in(client, qiang).post("/staff/knowledge/articles/lost-card/withdraw/", {}).status_code == 422
