"""The process that opens a stranger's file (paper_looks): ``paper_worker.py look|picture <content type>``, bytes in, PNG out.

It runs alone: it knows nothing of the rest of the product, holds no key, opens no file for writing, and ends by itself when it needs
more memory or time than a paper may. How it ends says what it found (paper_looks.Finding).
"""

import io
import sys
from typing import NoReturn

#: Bytes of memory and seconds of the processor.
_MEMORY, _SECONDS = 1_500_000_000, 10
#: Points of a picture: phones have up to 200 million; a bomb has thousands of millions.
_MOST_POINTS = 210_000_000
#: The longer side of what is shown, in points.
_SIDE = 1600
_PROTECTED, _BROKEN, _TOO_MANY_POINTS, _UNKNOWN = 3, 4, 5, 9
_PDF, _HEIC = "application/pdf", "image/heic"
#: pdfium's own word for "a password is needed".
_PASSWORD_ERROR = 4


def main(task: str, kind: str) -> None:
    """Look at what comes in, or write a picture of it."""
    _confine()
    content = sys.stdin.buffer.read()
    picture = _pdf_picture(content, task) if kind == _PDF else _small_picture(content, kind, task)
    if picture:
        sys.stdout.buffer.write(picture)


def _confine() -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limits; the time limit outside stays.
        return
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def _pdf_picture(content: bytes, task: str) -> bytes:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(content)
        pages = len(document)
    except pypdfium2.PdfiumError as error:
        _end(_PROTECTED if getattr(error, "err_code", None) == _PASSWORD_ERROR or "assword" in str(error) else _BROKEN)
    if not pages:
        _end(_BROKEN)
    if task == "look":
        return b""
    page = document[0]
    scale = _SIDE / max(*page.get_size(), 1)
    return _as_png(page.render(scale=min(scale, 4)).to_pil())


def _small_picture(content: bytes, kind: str, task: str) -> bytes:
    from PIL import Image, ImageOps

    Image.MAX_IMAGE_PIXELS = None  # counted here, by our own number
    if kind == _HEIC:
        try:
            import pi_heif
        except ImportError:
            # Whoever installed it without: phones' pictures are kept, and looked at by who saves them.
            _end(_UNKNOWN)
        pi_heif.register_heif_opener()
    try:
        picture: Image.Image = Image.open(io.BytesIO(content))
    except (OSError, ValueError, SyntaxError):
        _end(_BROKEN)
    if picture.width * picture.height > _MOST_POINTS:
        _end(_TOO_MANY_POINTS)
    if task == "look":
        return b""
    # A JPEG is read small from the beginning: a picture of 200 million points needs no memory for them.
    picture.draft("RGB", (_SIDE, _SIDE))
    picture.thumbnail((_SIDE, _SIDE))
    return _as_png(ImageOps.exif_transpose(picture))


def _as_png(picture: "object") -> bytes:
    from PIL import Image

    assert isinstance(picture, Image.Image)
    out = io.BytesIO()
    (picture if picture.mode in {"L", "RGB"} else picture.convert("RGB")).save(out, "PNG")
    return out.getvalue()


def _end(status: int) -> NoReturn:
    sys.exit(status)


if __name__ == "__main__":
    main(*sys.argv[1:3])
