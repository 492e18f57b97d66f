"""An answer for everybody: written by one, published by another, taken back with a trace; and the files beside it."""

import io

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from PIL import Image

from accounts.permissions import Forbidden
from casework.operations import NotTaken, ReasonMissing, StaleRow, WrongMove
from complaints import publication_marks
from complaints.models import Publication
from complaints.operations import publication_files, publications
from complaints.operations.publications import Draft, MarksLeft, NothingToPublish, NotLookedAt, PublishedAlready, Unchangeable
from complaints.publication_permissions import SamePair
from complaints.queries import published
from complaints.queries.publications import page_of
from tests.factories import complaints as rows
from tests.factories import reception

WORDS = Draft(
    section="meters", language="en", question="Why does the meter show no digits?", answer="Press the button, and change the batteries."
)
NAMED = Draft(section="meters", language="en", question="Ring me on +86 138 0013 8000.", answer="Done.")


@pytest.fixture
def draft(fang, now):
    return publications.begin(draft=WORDS, by=fang.user, at=now)


@pytest.fixture
def let_out(draft, fang, qiang, now):
    return _let_out(draft, fang, qiang, now)


def _let_out(row, writer, reader, now, looked_at=0):
    publications.propose(publication=row, by=writer.user, at=now)
    return publications.publish(publication=row, seen=publications.digest(row), looked_at=looked_at, by=reader.user, at=now)


def _verbs(row):
    return [event.verb for event in row.timeline.events.order_by("seq")]


class TestTwoPairsOfEyes:
    def test_somebody_else_publishes(self, let_out, qiang):
        assert let_out.published_by == qiang.user.staff
        assert _verbs(let_out) == ["publication.drafted", "publication.propose", "publication.publish"]

    def test_nobody_publishes_their_own_words(self, draft, fang, qiang, now):
        mine = publications.begin(draft=Draft(**{**vars(WORDS), "language": "ru"}), by=qiang.user, at=now)
        publications.propose(publication=mine, by=qiang.user, at=now)
        with pytest.raises(SamePair):
            publications.publish(publication=mine, seen=publications.digest(mine), looked_at=0, by=qiang.user, at=now)

    def test_whoever_changes_the_words_becomes_their_writer(self, draft, fang, qiang, now):
        publications.rewrite(publication=draft, draft=WORDS, by=qiang.user, at=now)
        with pytest.raises(SamePair):
            _let_out(draft, fang, qiang, now)

    def test_the_database_holds_it_too(self, let_out):
        with pytest.raises(IntegrityError), transaction.atomic():
            Publication.objects.filter(pk=let_out.pk).update(published_by=let_out.drafted_by)

    def test_a_clerk_lets_nothing_out(self, draft, fang, qiang, now):
        publications.propose(publication=draft, by=fang.user, at=now)
        with pytest.raises(Forbidden):
            publications.publish(publication=draft, seen=publications.digest(draft), looked_at=0, by=fang.user, at=now)

    def test_what_changed_since_it_was_read_is_not_let_out(self, draft, fang, qiang, now):
        seen = publications.digest(draft)
        publications.rewrite(publication=draft, draft=Draft(**{**vars(WORDS), "answer": "Other words."}), by=fang.user, at=now)
        publications.propose(publication=draft, by=fang.user, at=now)
        with pytest.raises(StaleRow):
            publications.publish(publication=draft, seen=seen, looked_at=0, by=qiang.user, at=now)

    def test_it_goes_back_with_a_reason(self, draft, fang, qiang, now):
        publications.propose(publication=draft, by=fang.user, at=now)
        with pytest.raises(ReasonMissing):
            publications.send_back(publication=draft, why=" ", by=qiang.user, at=now)
        publications.send_back(publication=draft, why="Shorter.", by=qiang.user, at=now)
        assert (draft.is_draft, draft.sent_back_why) == (True, "Shorter.")


class TestMarks:
    def test_what_is_marked_stays_only_for_a_reason_and_is_looked_at(self, fang, qiang, now):
        row = publications.begin(draft=NAMED, by=fang.user, at=now)
        with pytest.raises(MarksLeft):
            publications.propose(publication=row, by=fang.user, at=now)
        publications.propose(publication=row, kept_why="a number of ours", by=fang.user, at=now)
        with pytest.raises(NotLookedAt):
            publications.publish(publication=row, seen=publications.digest(row), looked_at=0, by=qiang.user, at=now)
        publications.publish(publication=row, seen=publications.digest(row), looked_at=1, by=qiang.user, at=now)
        assert row.is_published

    def test_events_hold_no_words(self, fang, now):
        row = publications.begin(draft=NAMED, by=fang.user, at=now)
        publications.propose(publication=row, kept_why="a number of ours", by=fang.user, at=now)
        assert [event.facts for event in row.timeline.events.order_by("seq")] == [
            {"number": row.number, "case": None},
            {"number": row.number, "marks": 1},
        ]

    def test_pieces_are_the_whole_text(self):
        text = "请联系李建国，电话13812345678。谢谢"
        found = publication_marks.pieces(text)
        assert "".join(piece.words for piece in found) == text
        assert [piece.kind for piece in found if piece.kind] == ["name", "phone"]

    def test_changes_tell_what_went_and_what_came(self):
        found = publication_marks.changes("王芳的表不走字", "***的表不走字")
        kept = "".join(one.words for one in found if one.how == publication_marks.SAME)
        assert kept == "的表不走字"
        assert "".join(one.words for one in found if one.how == publication_marks.GONE) == "王芳"
        assert "".join(one.words for one in found if one.how == publication_marks.NEW) == "***"

    def test_the_original_stands_beside_it(self, fang, now):
        appeal = reception.AppealFactory(text="My name is Sarah Connor. Why is it dark?")
        row = publications.begin(draft=WORDS, case=appeal.case, by=fang.user, at=now)
        gone = [one.words for one in page_of(row)["changes"][0] if one.how == publication_marks.GONE]
        assert any("Sarah" in words for words in gone)


class TestDrafts:
    @pytest.mark.parametrize("missing", ["question", "answer"])
    def test_has_a_question_and_an_answer(self, fang, now, missing):
        with pytest.raises(NothingToPublish):
            publications.begin(draft=Draft(**{**vars(WORDS), missing: " \n"}), by=fang.user, at=now)

    def test_is_not_too_long(self, fang, now):
        with pytest.raises(publications.TooLong):
            publications.begin(draft=Draft(**{**vars(WORDS), "answer": "字" * 8001}), by=fang.user, at=now)

    def test_a_case_is_published_once_in_a_language(self, fang, now):
        case = rows.ComplaintFactory().case
        first = publications.begin(draft=WORDS, case=case, by=fang.user, at=now)
        with pytest.raises(PublishedAlready):
            publications.begin(draft=WORDS, case=case, by=fang.user, at=now)
        publications.drop(publication=first, by=fang.user, at=now)
        assert publications.begin(draft=WORDS, case=case, by=fang.user, at=now).number != first.number

    def test_who_is_complained_about_writes_nothing_of_it(self, fang, now):
        accused = rows.AccusedFactory(staff=fang.user.staff)
        with pytest.raises(Forbidden):
            publications.begin(draft=WORDS, case=accused.complaint.case, by=fang.user, at=now)

    def test_what_is_let_out_cannot_be_changed(self, let_out, fang, now):
        with pytest.raises(Unchangeable):
            publications.rewrite(publication=let_out, draft=WORDS, by=fang.user, at=now)


class TestWithdrawing:
    def test_blanks_the_words_and_leaves_a_trace(self, let_out, fang, now):
        publications.withdraw(publication=let_out, why="The rule has changed.", by=fang.user, at=now)
        row = published.one_of(let_out.number)
        assert (row.is_withdrawn, row.question, row.answer, row.search, row.withdrawn_why) == (True, "", "", "", "The rule has changed.")

    def test_names_nobody_in_its_reason(self, let_out, fang, now):
        with pytest.raises(MarksLeft):
            publications.withdraw(publication=let_out, why="张伟 13812345678 投诉", by=fang.user, at=now)

    def test_happens_once(self, let_out, fang, now):
        publications.withdraw(publication=let_out, why="Old.", by=fang.user, at=now)
        with pytest.raises(WrongMove):
            publications.withdraw(publication=let_out, why="Old.", by=fang.user, at=now)


class TestSearch:
    def test_finds_words_in_other_forms_and_two_chinese_marks(self, fang, qiang, now):
        for language, question in (("ru", "Где поверить счётчик?"), ("zh-hans", "燃气表没有显示怎么办？")):
            row = publications.begin(draft=Draft(section="meters", language=language, question=question, answer="—"), by=fang.user, at=now)
            _let_out(row, fang, qiang, now)
        assert [row.language for row in published.find(words="поверка счётчика")] == ["ru"]
        assert [row.language for row in published.find(words="显示")] == ["zh-hans"]

    def test_finds_no_draft_and_nothing_taken_back(self, let_out, fang, now):
        assert published.find(words="meter batteries") == [let_out]
        publications.withdraw(publication=let_out, why="Old.", by=fang.user, at=now)
        publications.begin(draft=WORDS, by=fang.user, at=now)
        assert published.find(words="meter batteries") == []
        assert published.find(words=" ") == []


def _picture():
    exif, out = Image.Exif(), io.BytesIO()
    exif[0x013B] = "Wang Fang"
    Image.new("RGB", (8, 8)).save(out, "JPEG", exif=exif)
    return ContentFile(out.getvalue(), name="李建国13812345678.jpg")


class TestFiles:
    def test_a_picture_keeps_its_points_only_and_asks_for_a_second_reader(self, draft, fang, qiang, now):
        row = publication_files.add_file(publication=draft, file=_picture(), by=fang.user, at=now)
        with default_storage.open(row.file) as kept:
            assert b"Wang" not in kept.read()
        assert (row.needs_person, row.public_name) == ("picture", f"answer-{draft.number}-1.png")
        assert row.marks["name"]["phone"] == 1
        _let_out(draft, fang, qiang, now, looked_at=1)
        assert draft.files.get().looked_at_by == qiang.user.staff

    def test_whoever_put_it_there_does_not_publish_it(self, draft, fang, qiang, now):
        publication_files.add_file(publication=draft, file=_picture(), by=qiang.user, at=now)
        with pytest.raises(SamePair):
            _let_out(draft, fang, qiang, now, looked_at=1)

    @pytest.mark.parametrize("content", [b"", b"MZ\x90", b"PK\x03\x04 nothing of ours"])
    def test_not_every_file_is_taken(self, draft, fang, now, content):
        with pytest.raises(NotTaken):
            publication_files.add_file(publication=draft, file=ContentFile(content, name="a.exe"), by=fang.user, at=now)

    def test_a_file_goes_with_its_answer(self, draft, fang, now, django_capture_on_commit_callbacks):
        row = publication_files.add_file(publication=draft, file=_picture(), by=fang.user, at=now)
        with django_capture_on_commit_callbacks(execute=True):
            publication_files.remove_file(publication=draft, number=row.number, by=fang.user, at=now)
        assert not default_storage.exists(row.file)
