"""Files are taken for what their bytes are, kept under names that say nothing, and shown to who may see the case."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

import casework.operations
from accounts.permissions import Forbidden
from casework import file_types
from casework.kinds import kind
from casework.models import Attachment
from casework.operations import NotTaken
from tests.casework.conftest import PNG, verbs
from tests.factories.casework import AttachmentFactory

TYPES = {
    "application/pdf": b"%PDF-1.7\n",
    "image/png": PNG,
    "image/jpeg": b"\xff\xd8\xff\xe0",
    "image/webp": b"RIFF\x00\x00\x00\x00WEBPVP8 ",
    "image/heic": b"\x00\x00\x00\x18ftypheic",
}
REFUSED = [b"MZ\x90", b"PK\x03\x04", b"<html><script>", b"<svg xmlns=", b"#!/bin/sh", b"RIFF\x00\x00\x00\x00AVI ", b"\x00ftyp"]
NAMES = {
    "meter.png": "meter.png",
    "../../etc/passwd": "passwd.png",
    "C:\\Users\\fang\\表.JPG": "表.png",
    "a\u202egnp.exe": "agnp.png",
    "..": "file.png",
    "": "file.png",
    'quote"; x=.png': "quote__ x.png",
    "счёт за май.pdf": "счёт за май.png",
}


@pytest.mark.parametrize(("name", "head"), TYPES.items())
def test_a_type_is_known_by_its_first_bytes(name, head):
    assert file_types.type_of(head) == name
    assert name in file_types.ENDINGS


@pytest.mark.parametrize("head", [b"", *REFUSED])
def test_nothing_else_is_taken(head):
    assert file_types.type_of(head) == ""


@pytest.mark.parametrize(("given", "kept"), NAMES.items())
def test_a_name_is_made_safe(given, kept):
    assert file_types.safe_name(given, "image/png") == kept


def test_a_long_name_is_cut():
    assert len(file_types.safe_name("a" * 300, "image/png")) == 104


@pytest.mark.django_db
class TestAttach:
    @pytest.fixture
    def attach(self, opened, account, now):
        case = opened(account=account)

        def make(by, content=PNG, name="meter.png"):
            return casework.operations.attach(case=case, file=ContentFile(content, name=name), by=by, at=now)

        make.case = case
        return make

    def test_the_bytes_lie_under_a_name_that_says_nothing(self, attach, fang):
        row = attach(fang.user, name="李娜.png")
        assert row.file == f"cases/{row.token[:2]}/{row.token}"
        assert default_storage.open(row.file).read() == PNG
        assert verbs(attach.case)[-1] == "case.attached"

    def test_a_program_that_calls_itself_a_picture_is_refused(self, attach, fang):
        with pytest.raises(NotTaken, match="cannot be taken"):
            attach(fang.user, content=b"MZ\x90", name="meter.png")
        assert not Attachment.objects.exists()

    def test_an_empty_or_large_one_is_refused(self, attach, fang, settings):
        settings.ATTACHMENT_MAX_BYTES = 50
        for content in (b"", PNG + b"0" * 20):
            with pytest.raises(NotTaken):
                attach(fang.user, content=content)

    def test_there_is_an_end_to_it(self, attach, fang):
        AttachmentFactory.create_batch(kind(attach.case.kind).most_files, case=attach.case)
        with pytest.raises(NotTaken, match="as many"):
            attach(fang.user)

    def test_it_is_known_whose_it_is(self, attach, fang, olive):
        assert [attach(who).is_from_customer for who in (fang.user, olive)] == [False, True]

    def test_a_stranger_attaches_nothing(self, attach, mei):
        with pytest.raises(Forbidden):
            attach(mei.user)

    def test_who_may_see_the_case_may_open_it(self, attach, fang, olive, mei, now):
        row = attach(olive)
        for who in (fang.user, olive):
            assert casework.operations.open_attachment(user=who, token=row.token, at=now)[1].read() == PNG
        with pytest.raises(Attachment.DoesNotExist):
            casework.operations.open_attachment(user=mei.user, token=row.token, at=now)

    def test_what_staff_put_there_is_for_staff_as_in_the_list(self, attach, fang, olive, now):
        row = attach(fang.user)
        assert casework.operations.open_attachment(user=fang.user, token=row.token, at=now)[1].read() == PNG
        with pytest.raises(Attachment.DoesNotExist):
            casework.operations.open_attachment(user=olive, token=row.token, at=now)
