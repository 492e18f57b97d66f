"""How a file that came with a case leaves the house: to be saved, never to be shown by the browser as ours."""

from typing import IO

from django.http import FileResponse

from .models import Attachment


def handed_out(row: Attachment, file: IO[bytes]) -> FileResponse:
    """The bytes as a download under the sender's name; no cache keeps them."""
    answer = FileResponse(file, as_attachment=True, filename=row.name, content_type=row.content_type)
    # Whatever is inside runs nowhere, even where a browser opens it in spite of all.
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer
