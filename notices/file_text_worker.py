"""The process that reads a file for its words (file_texts): bytes in, JSON out: {"texts": {place: words}, "why": why a person must look}.

It runs alone: it knows nothing of the rest of the product, holds no key, opens no file for writing, and ends by itself when it needs more
memory or time than a file may.
"""

import io
import json
import re
import sys
import zipfile
from typing import Any

#: Bytes of memory, seconds of the processor, marks of text, and how much a packed part may hold.
_MEMORY, _SECONDS, _MOST_MARKS, _MOST_PART = 1_500_000_000, 10, 1_000_000, 20_000_000
#: The longer side of a published picture, in points.
_SIDE = 2000
#: Why a person must look; nothing where the words are all there is.
PICTURE, PROTECTED, UNREADABLE, HIDDEN, LONG = "picture", "protected", "unreadable", "hidden", "long"
_MOST_PAGES = 200
_WORDS_IN = re.compile(
    r"(?:word/(?!media)|xl/(?!media)|ppt/|docProps/|content\.xml|meta\.xml|styles\.xml|customXml/).*?\.xml$|(?:content|meta|styles)\.xml$"
)
_AUTHOR = re.compile(r"<(?:dc:creator|cp:lastModifiedBy|meta:initial-creator|Manager)>([^<]+)<")
_TAG = re.compile(r"<[^>]*>")
_BLOCK_END = re.compile(r"</(?:w:p|text:p|text:h|row|si|a:p|table:table-row|c|table:table-cell|dc:\w+|cp:\w+|meta:[\w-]+|Company|Manager)>")


def main() -> None:
    """Read what comes in, and say what is in it."""
    _confine()
    content = sys.stdin.buffer.read()
    if sys.argv[1:] == ["points"]:
        sys.stdout.buffer.write(_points(content))
        return
    try:
        texts, why = _read(content)
    except Exception:  # noqa: BLE001 - whatever a stranger's file does to a library: somebody must look
        texts, why = {}, UNREADABLE
    if sum(map(len, texts.values())) > _MOST_MARKS:
        texts, why = {place: words[:_MOST_MARKS] for place, words in texts.items()}, LONG
    sys.stdout.buffer.write(json.dumps({"texts": texts, "why": why}, ensure_ascii=False).encode())


def _confine() -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limits; the time limit outside stays.
        return
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def _read(content: bytes) -> tuple[dict[str, str], str]:
    if content.startswith(b"%PDF-"):
        return _pdf(content)
    if content.startswith(b"PK"):
        return _office(content)
    return _picture(content)


def _pdf(content: bytes) -> tuple[dict[str, str], str]:
    import pypdfium2
    from pypdfium2 import raw

    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        return {}, PROTECTED if "assword" in str(error) else UNREADABLE
    pages = [document[number] for number in range(min(len(document), _MOST_PAGES))]
    known = document.get_metadata_dict()
    texts = {
        "text": "\n".join(page.get_textpage().get_text_range() for page in pages),
        "metadata": "\n".join(value for value in known.values() if value),
        "author": known.get("Author") or "",
    }
    has_pictures = any(next(page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3), None) for page in pages)
    hides = document.count_attachments() > 0 or any(raw.FPDFPage_GetAnnotCount(page) for page in pages)
    return texts, LONG if len(document) > _MOST_PAGES else HIDDEN if hides else PICTURE if has_pictures else ""


def _office(content: bytes) -> tuple[dict[str, str], str]:
    parts: dict[str, list[str]] = {"text": [], "metadata": [], "author": []}
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        names = packed.namelist()
        is_ours = any(name in {"word/document.xml", "xl/workbook.xml", "content.xml"} for name in names)
        if not is_ours or any(one.flag_bits & 1 for one in packed.infolist()):
            return {}, UNREADABLE
        for name in names:
            if _WORDS_IN.search(name):
                with packed.open(name) as part:
                    markup = part.read(_MOST_PART).decode("utf-8", "replace")
                parts["metadata" if "docProps" in name or name == "meta.xml" else "text"].append(_words(markup))
                parts["author"] += [_words(said) for said in _AUTHOR.findall(markup)]
    has_pictures = any(re.search(r"(?:media|Pictures|embeddings)/.", name) for name in names)
    return {place: "\n".join(words) for place, words in parts.items()}, PICTURE if has_pictures else ""


def _words(markup: str) -> str:
    import html

    return html.unescape(_TAG.sub("", _BLOCK_END.sub("\n", markup)))


def _picture(content: bytes) -> tuple[dict[str, str], str]:
    """A picture always needs a person; what its camera wrote into it can be read."""
    from PIL import ExifTags

    picture = _opened(content)
    exif = picture.getexif()
    said: list[Any] = [
        *exif.values(),
        *exif.get_ifd(ExifTags.IFD.Exif).values(),
        *(value for key, value in picture.info.items() if key != "exif"),
    ]
    place = ["GPS"] if exif.get_ifd(ExifTags.IFD.GPSInfo) else []
    words = [one.decode("utf-8", "ignore") if isinstance(one, bytes) else one for one in said]
    return {"metadata": "\n".join([*(one[:2000] for one in words if isinstance(one, str)), *place])}, PICTURE


def _opened(content: bytes) -> Any:
    import contextlib

    from PIL import Image

    Image.MAX_IMAGE_PIXELS = 210_000_000
    with contextlib.suppress(ImportError):
        import pi_heif

        pi_heif.register_heif_opener()
    return Image.open(io.BytesIO(content))


def _points(content: bytes) -> bytes:
    """The picture upright and no larger than a screen, as PNG, without anything that was written beside its points."""
    from PIL import ImageOps

    picture = _opened(content)
    picture.draft("RGB", (_SIDE, _SIDE))
    picture.thumbnail((_SIDE, _SIDE))
    bare = ImageOps.exif_transpose(picture).convert("RGB")
    bare.info = {}
    out = io.BytesIO()
    bare.save(out, "PNG")
    return out.getvalue()


if __name__ == "__main__":
    main()
