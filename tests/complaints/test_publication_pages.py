"""Pages of answers for everybody: written, compared, published; read, searched, fed, taken back."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from complaints.models import Publication
from complaints.operations import publications
from complaints.operations.publications import Draft
from tests.factories import complaints as rows
from tests.factories import reception

WORDS = Draft(section="meters", language="en", question="Why does the meter show no digits?", answer="Change the batteries.")


@pytest.fixture
def let_out(fang, qiang, now):
    row = publications.begin(draft=WORDS, by=fang.user, at=now)
    publications.propose(publication=row, by=fang.user, at=now)
    return publications.publish(publication=row, seen=publications.digest(row), looked_at=0, by=qiang.user, at=now)


class TestWriting:
    def test_begins_with_the_words_of_the_case_without_what_was_found(self, client, signed_in, fang):
        case = reception.AppealFactory(text="I am Sarah Connor, why is it dark?").case
        rows.AnswerFactory(case=case, text="Call 13812345678.", complaint=None)
        shown = signed_in(client, fang).get(f"/staff/publications/new/{case.reference}/")
        assert "***" in shown.text
        assert "Sarah" not in shown.text

    def test_goes_all_the_way(self, client, signed_in, fang, qiang):
        words = {"section": "meters", "language": "en", "question": "Who is 李建国?", "answer": "Nobody."}
        client = signed_in(client, fang)
        there = client.post("/staff/publications/new/", words).url
        assert "[name]" in client.get(there).text
        refused = client.post(f"{there}propose/", {"kept_why": ""})
        assert (refused.status_code, Publication.objects.get().is_draft) == (422, True)
        client.post(f"{there}propose/", {"kept_why": "a name from a book"})
        client = signed_in(client, qiang)
        form = client.get(there).context["forms"]["publish"]
        client.post(f"{there}publish/", {**form.initial, "has_looked": "on"})
        assert Publication.objects.get().is_published

    def test_a_draft_sent_twice_is_one(self, client, signed_in, fang):
        client = signed_in(client, fang)
        words = {"section": "meters", "language": "en", "question": "Why?", "answer": "So.", "once": "a1"}
        there = {client.post("/staff/publications/new/", words).url for _ in range(2)}
        assert there == {f"/staff/publications/{Publication.objects.get().number}/"}
        shown = client.get("/staff/publications/new/")
        assert f'name="once" value="{shown.context["once"]}"' in shown.text

    def test_says_why_its_writer_cannot_publish_it(self, client, signed_in, qiang, now):
        row = publications.begin(draft=WORDS, by=qiang.user, at=now)
        publications.propose(publication=row, by=qiang.user, at=now)
        shown = signed_in(client, qiang).get(f"/staff/publications/{row.number}/")
        assert "Somebody else must read them" in shown.text

    def test_keeps_what_was_typed_when_it_is_refused(self, client, signed_in, fang):
        shown = signed_in(client, fang).post(
            "/staff/publications/new/", {"section": "meters", "language": "en", "question": "Why?", "answer": ""}
        )
        assert (shown.status_code, shown.context["form"]["question"].value()) == (422, "Why?")

    def test_a_file_is_put_beside_it_and_read(self, client, signed_in, fang, now):
        row = publications.begin(draft=WORDS, by=fang.user, at=now)
        file = SimpleUploadedFile("x.pdf", b"%PDF-1.4 broken")
        client = signed_in(client, fang)
        client.post(f"/staff/publications/{row.number}/files/", {"file": file})
        shown = client.get(f"/staff/publications/{row.number}/")
        assert "It could not be read." in shown.text
        assert client.get(f"/staff/publications/{row.number}/files/1/").status_code == 200
        client.post(f"/staff/publications/{row.number}/files/1/remove/")
        assert not row.files.exists()

    def test_is_not_for_whom_the_complaint_is_about(self, client, signed_in, fang, qiang, now):
        accused = rows.AccusedFactory(staff=fang)
        row = publications.begin(draft=WORDS, case=accused.complaint.case, by=qiang.user, at=now)
        assert signed_in(client, fang).get(f"/staff/publications/{row.number}/").status_code == 404


class TestReading:
    def test_everybody_reads_it_and_no_cache_keeps_it(self, client, let_out):
        shown = client.get(f"/answers/{let_out.number}/")
        assert (shown.status_code, "Change the batteries." in shown.text) == (200, True)
        assert "no-store" in shown["Cache-Control"]
        assert shown["X-Robots-Tag"] == "noarchive"

    def test_nobody_is_named_as_writer(self, client, let_out, fang, qiang):
        text = client.get(f"/answers/{let_out.number}/").text + client.get("/answers/feed/").text
        assert fang.name not in text
        assert qiang.name not in text

    def test_a_draft_does_not_exist_for_others(self, client, fang, now):
        row = publications.begin(draft=WORDS, by=fang.user, at=now)
        assert client.get(f"/answers/{row.number}/").status_code == 404
        assert WORDS.question not in client.get("/answers/").text + client.get("/answers/feed/").text

    def test_what_was_taken_back_says_so_and_is_nowhere_else(self, client, let_out, fang, now):
        publications.withdraw(publication=let_out, why="The rule has changed.", by=fang.user, at=now)
        shown = client.get(f"/answers/{let_out.number}/")
        assert (shown.status_code, "The rule has changed." in shown.text) == (410, True)
        assert "batteries" not in shown.text + client.get("/answers/").text + client.get("/answers/feed/").text

    def test_is_searched_without_an_address(self, client, let_out):
        found = client.post("/answers/", {"words": "meters and battery digits"})
        assert WORDS.question in found.text
        nothing = client.post("/answers/", {"words": "refrigerator"})
        assert "No published answer here yet" in nothing.text

    def test_is_offered_to_whoever_asks_the_same(self, client, let_out):
        offered = client.post("/reception/asked-already/", {"text": "The meter shows no digits"})
        assert f"/answers/{let_out.number}/" in offered.text

    def test_has_an_empty_page(self, client, db):
        assert "No published answer here yet" in client.get("/answers/").text

    def test_is_a_feed(self, client, let_out):
        feed = client.get("/answers/feed/")
        assert feed["Content-Type"].startswith("application/atom+xml")
        assert f"urn:pilotlight:answer:{let_out.number}" in feed.text


class TestApi:
    def test_lists_reads_and_finds(self, client, let_out):
        assert [row["number"] for row in client.get("/api/v1/published-answers/?section=meters").json()["results"]] == [let_out.number]
        assert client.get(f"/api/v1/published-answers/{let_out.number}/").json()["answer"] == WORDS.answer
        found = client.post("/api/v1/published-answers/search/", {"words": "batteries"}, content_type="application/json").json()
        assert [row["number"] for row in found["results"]] == [let_out.number]

    def test_says_that_it_was_taken_back(self, client, let_out, fang, now):
        publications.withdraw(publication=let_out, why="The rule has changed.", by=fang.user, at=now)
        gone = client.get(f"/api/v1/published-answers/{let_out.number}/")
        assert (gone.status_code, gone.json()["code"], gone.json()["detail"]) == (410, "taken_back", "The rule has changed.")
        assert client.get("/api/v1/published-answers/").json()["results"] == []
        assert client.get("/api/v1/published-answers/99999/").status_code == 404


def test_an_erased_case_takes_its_draft_with_it_and_leaves_what_is_published(fang, now):
    from complaints.publication_reactions import forget_drafts

    appeal = reception.AppealFactory()
    row = publications.begin(draft=WORDS, case=appeal.case, by=fang.user, at=now)
    forget_drafts(appeal.case.timeline.events.model(timeline=appeal.case.timeline), now)
    row.refresh_from_db()
    assert (row.status, row.question, row.answer) == ("dropped", "", "")
