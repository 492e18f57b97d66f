"""How files come in: to disk a piece at a time, and never more of them than anybody takes."""

from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import TemporaryFileUploadHandler

#: So many files of the largest size in one request; what is beyond is read and thrown away.
_FULL_FILES = 12


class CappedUploadHandler(TemporaryFileUploadHandler):
    """A film of 200 MB is read to its end, so that its sender gets an answer, but only its size is kept of it.

    Whoever takes the file sees by its size that it is too long, or that bytes of it are missing.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._room = settings.ATTACHMENT_MAX_BYTES * _FULL_FILES

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        if start > settings.ATTACHMENT_MAX_BYTES or len(raw_data) > self._room:
            return None
        self._room -= len(raw_data)
        return super().receive_data_chunk(raw_data, start)
