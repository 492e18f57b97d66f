"""What a file is, by its first bytes. Only kinds that people send to prove or show something, and that hold no program."""

import unicodedata

#: How much of a file must be looked at.
HEAD = 32
_PREFIXES = ((b"%PDF-", "application/pdf"), (b"\x89PNG\r\n\x1a\n", "image/png"), (b"\xff\xd8\xff", "image/jpeg"))
_BRANDS = {b"heic": "image/heic", b"heix": "image/heic", b"mif1": "image/heic"}
#: Type -> how a name of it ends.
ENDINGS = {"application/pdf": "pdf", "image/png": "png", "image/jpeg": "jpg", "image/webp": "webp", "image/heic": "heic"}
_LONGEST = 100


def type_of(head: bytes) -> str:
    """The content type of a file that begins so; empty for anything that is not taken."""
    for prefix, name in _PREFIXES:
        if head.startswith(prefix):
            return name
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    return _BRANDS.get(head[8:12], "") if head[4:8] == b"ftyp" else ""


def safe_name(name: str, content_type: str) -> str:
    """A name to be shown and saved under: the sender's without folders, marks that steer a screen or a shell, and a false ending."""
    stem = _tidied(name).rsplit(".", 1)[0].strip(" ._")[:_LONGEST] or "file"
    return f"{stem}.{ENDINGS[content_type]}"


def refused_name(name: str) -> str:
    """How a file is called that is not taken: as its sender knows it, with nothing in it that steers a screen."""
    return _tidied(name).strip()[-_LONGEST:] or "file"


def _tidied(name: str) -> str:
    bare = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(mark if mark.isalnum() or mark in " -_.()" else "_" for mark in bare if unicodedata.category(mark)[0] != "C")
