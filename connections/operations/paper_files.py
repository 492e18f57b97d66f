"""Look a file through before it is kept as a paper: whoever sent it hears at once, and in words, what is wrong with it.

What kind of file it is, how large and how it may be called is looked at when it is kept (casework.operations.attach). Here is what
only opening it tells: that it asks for a password, cannot be opened, or is a picture that would fill the memory. It is opened in a
process of its own (``paper_looks``), never in ours.
"""

import hashlib

from django.conf import settings
from django.core.files.base import File
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from casework import file_types
from casework.operations import NotTaken

from .. import paper_looks
from ..paper_looks import Finding

_WRONG: dict[Finding, str | Promise] = {
    Finding.PROTECTED: _("This PDF asks for a password. Save it without one, or take a photo of the paper, and send that."),
    Finding.BROKEN: _("This file cannot be opened: it is damaged. Save or photograph it again and send that."),
    Finding.TOO_MANY_POINTS: _("This picture has too many points. Take it again with the camera's usual settings."),
}


def look_through(file: "File[bytes]") -> str:
    """The SHA-256 of a file that can be read. Raises NotTaken; what ``attach`` refuses anyway is left to it."""
    if not 0 < file.size <= settings.ATTACHMENT_MAX_BYTES:
        return ""
    content = b"".join(file.chunks())
    kind = file_types.type_of(content[: file_types.HEAD])
    finding = paper_looks.look(content, kind) if kind else Finding.READABLE
    if finding in _WRONG:
        raise NotTaken(str(_WRONG[finding]))
    return hashlib.sha256(content).hexdigest()
