"""Files as people send them, and as attackers do: each is kept and shown, or refused in words with nothing lost."""

import hashlib
import io
import struct
import subprocess
import zipfile
import zlib
from base64 import b64decode

import pytest
from Cryptodome.Cipher import ARC4
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image

from casework.models import Attachment
from casework.operations import NotTaken
from casework.permissions import VISITOR
from connections import paper_looks
from connections.operations import papers
from connections.paper_looks import Finding
from tests.connections.test_papers import picture

PDF = "application/pdf"
#: 64 by 64 points of teal, as an iPhone writes them; nothing we install writes HEIC.
HEIC = b64decode(
    "AAAAHGZ0eXBoZWljAAAAAG1pZjFoZWljbWlhZgAAAVZtZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAAAAAAAAAAACJpbG9jAAAAAERAAAEAAQAA"
    "AAABegABAAAAAAAAABgAAAAjaWluZgAAAAAAAQAAABVpbmZlAgAAAAABAABodmMxAAAAAA5waXRtAAAAAAABAAAA1mlwcnAAAAC3aXBjbwAAAHhodmNDAQNwAAAA"
    "kAAAAAAAHvAA/P34+AAADwNgAAEAGEABDAH//wNwAAADAJAAAAMAAAMAHroCQGEAAQArQgEBA3AAAAMAkAAAAwAAAwAeoCCBBZbqSSmubgIaDAgAAAMAyAAAAwAI"
    "QGIAAQAHRAHBcrAiQAAAABNjb2xybmNseAABAA0ABoAAAAAUaXNwZQAAAAAAAABAAAAAQAAAABBwaXhpAAAAAAMICAgAAAAXaXBtYQAAAAAAAAABAAEEgQIDBAAA"
    "ACBtZGF0AAAAFCgBrwQY/Hk46//4ESe7yftNZHQ4"
)
_PAD = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")


def scan(pages):
    """A PDF of pictures, as a scanner makes it."""
    sheets = [Image.linear_gradient("L").rotate(number).resize((300, 420)) for number in range(pages)]
    out = io.BytesIO()
    sheets[0].save(out, "PDF", save_all=True, append_images=sheets[1:])
    return out.getvalue()


def pdf_of(*objects, trailer=b""):
    """A PDF with these objects, the first being its catalogue."""
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return out + b"xref\n0 %d\n0000000000 65535 f \n%strailer << /Root 1 0 R /Size %d %s >>\nstartxref\n%d\n%%%%EOF" % (
        size,
        table,
        size,
        trailer,
        len(out),
    )


def protected(password):
    """A PDF that this password opens (standard handler, revision 2); with an empty one everybody can read it."""
    word, permits, identity = (password + _PAD)[:32], struct.pack("<i", -4), b"0123456789abcdef"
    owner = ARC4.new(hashlib.md5(b"owner".ljust(5) + _PAD[:27]).digest()[:5]).encrypt(word)
    key = hashlib.md5(word + owner + permits + identity).digest()[:5]
    user = ARC4.new(key).encrypt(_PAD)
    lock = b"<< /Filter /Standard /V 1 /R 2 /O <%s> /U <%s> /P -4 >>" % (owner.hex().encode(), user.hex().encode())
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >>"
    rest = (b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>", page, lock)
    named = identity.hex().encode()
    return pdf_of(*rest, trailer=b"/Encrypt 4 0 R /ID [<%s> <%s>]" % (named, named))


def bomb_picture(side=60_000):
    """A PNG of a few hundred bytes that asks for gigabytes."""

    def chunk(kind, body):
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")


def bomb_pdf():
    """A page whose picture unpacks to gigabytes."""
    packed = zlib.compress(b"\0" * 30_000_000)
    image = b"<< /Type /XObject /Subtype /Image /Width 60000 /Height 60000 /ColorSpace /DeviceRGB /BitsPerComponent 8"
    image += b" /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream" % (len(packed), packed)
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] /Contents 5 0 R /Resources << /XObject << /I 4 0 R >> >> >>"
    draw = b"<< /Length 25 >>\nstream\n200 0 0 200 0 0 cm /I Do  \nendstream"
    return pdf_of(b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>", page, image, draw)


def zip_bomb():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("lease.pdf", b"\0" * 5_000_000)
    return out.getvalue()


@pytest.mark.parametrize(
    ("make", "kind", "found"),
    [
        (lambda: protected(b"secret"), PDF, Finding.PROTECTED),
        (lambda: protected(b""), PDF, Finding.READABLE),
        (lambda: b"%PDF-1.7\nnothing follows", PDF, Finding.BROKEN),
        (bomb_picture, "image/png", Finding.TOO_MANY_POINTS),
        (lambda: b"\xff\xd8\xff\xe0 no picture", "image/jpeg", Finding.BROKEN),
        (lambda: HEIC, "image/heic", Finding.READABLE),
    ],
)
def test_opening_a_file_tells_what_is_wrong_with_it(make, kind, found):
    assert paper_looks.look(make(), kind) == found


@pytest.mark.parametrize(("make", "kind"), [(lambda: scan(40), PDF), (lambda: HEIC, "image/heic"), (picture, "image/png")])
def test_a_picture_is_made_of_what_people_send(make, kind):
    shown = Image.open(io.BytesIO(paper_looks.picture_of(make(), kind)))
    assert shown.format == "PNG"
    assert max(shown.size) <= 1600


def test_a_page_that_unpacks_to_gigabytes_hurts_nobody():
    made = paper_looks.picture_of(bomb_pdf(), PDF)
    assert made is None or made.startswith(b"\x89PNG")


def test_a_process_that_takes_too_long_is_given_up(monkeypatch):
    def never(*_args, **_named):
        raise subprocess.TimeoutExpired("worker", 20)

    monkeypatch.setattr(paper_looks.subprocess, "run", never)
    assert paper_looks.look(HEIC, "image/heic") == Finding.UNKNOWN
    assert paper_looks.picture_of(HEIC, "image/heic") is None


@pytest.fixture
def hand_in(application, now):
    """``hand_in(content, name)``: the identity card, sent by the applicant."""

    def send(content, name="scan.pdf"):
        paper = application.papers.select_related("row", "application__case").get(key="identity")
        return papers.hand_in(paper=paper, file=ContentFile(content, name=name), by=VISITOR, at=now)

    return send


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: b"", "empty"),
        (lambda: b"MZ\x90\x00 a program", "cannot be taken"),
        (zip_bomb, "cannot be taken"),
        (lambda: b"%PDF-1.4" + b"0" * 20_001, "larger than"),
        (lambda: protected(b"secret"), "password"),
    ],
)
def test_what_cannot_be_taken_is_refused_in_words_and_nothing_is_lost(application, hand_in, settings, make, words):
    first = hand_in(picture(), "card.png")
    settings.ATTACHMENT_MAX_BYTES = 20_000
    with pytest.raises(NotTaken, match=words):
        hand_in(make())
    assert Attachment.objects.get(case=application.case) == first.attachment
    assert application.papers.get(key="identity").status == "handed_in"


@pytest.mark.django_db
def test_a_scan_of_forty_pages_is_kept_whole(hand_in):
    content = scan(40)
    kept = hand_in(content).attachment
    assert default_storage.open(kept.file).read() == content
    assert kept.content_type == PDF


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["../../etc/passwd.png", "lease.pdf.exe", "a\u202egnp.exe", 'x"; rm -rf.png', "", "身份证" * 60 + ".png"])
def test_a_name_with_tricks_is_kept_without_them(hand_in, name):
    kept = hand_in(picture(), name).attachment
    assert kept.name.endswith(".png")
    assert not set('/\\"\u202e;') & set(kept.name)
    assert kept.file == f"cases/{kept.token[:2]}/{kept.token}"
