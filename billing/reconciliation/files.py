"""Open what a provider or a person hands in: plain, gzipped, or a ZIP with the list and its summary in it; in UTF-8 or GB 18030."""

import gzip
import io
import lzma
import zipfile
import zlib
from collections.abc import Callable, Mapping

from . import alipay, wechat
from .rows import BadBill, Bill

#: The longest bill we unpack. A day of a large city is a tenth of it.
LARGEST = 64 * 1024 * 1024
_READERS: Mapping[str, Callable[[str], Bill]] = {wechat.MARK: wechat.read, alipay.MARK: alipay.read}


def read_bill(content: bytes) -> Bill:
    """Whichever provider's it is. Raises BadBill: ``unknown``, ``too_large``, ``unreadable``, ``empty``, ``no_summary``, ``columns:…``."""
    text = decoded(unpacked(content))
    for mark, reader in _READERS.items():
        if text.startswith(mark):
            return reader(text)
    raise BadBill("unknown")


def unpacked(content: bytes) -> bytes:
    """What is inside. Raises BadBill."""
    if len(content) > LARGEST:
        raise BadBill("too_large")
    try:
        if content.startswith(b"PK\x03\x04"):
            return _unzipped(content)
        if content.startswith(b"\x1f\x8b"):
            with gzip.GzipFile(fileobj=io.BytesIO(content)) as file:
                return _limited(file.read(LARGEST + 1))
    except BadBill:
        raise
    except (zipfile.BadZipFile, OSError, EOFError, ValueError, zlib.error, lzma.LZMAError, NotImplementedError, RuntimeError) as error:
        raise BadBill("unreadable") from error
    return content


def _unzipped(content: bytes) -> bytes:
    """The list of trades: not the summary (汇总), whose name stands in GBK, which ZIP does not know."""
    with zipfile.ZipFile(io.BytesIO(content), metadata_encoding="gb18030") as archive:
        names = [info for info in archive.infolist() if info.filename.endswith(".csv") and "汇总" not in info.filename]
        if len(names) != 1:
            raise BadBill("unknown")
        with archive.open(names[0]) as file:
            return _limited(file.read(LARGEST + 1))


def _limited(content: bytes) -> bytes:
    if len(content) > LARGEST:
        raise BadBill("too_large")
    return content


def decoded(content: bytes) -> str:
    """Raises BadBill."""
    if b"\0" in content:  # no text has it, and no database takes it
        raise BadBill("unreadable")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise BadBill("unreadable")
