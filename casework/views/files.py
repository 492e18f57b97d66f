"""Handing out a file that came with a case: to be saved, never to be shown by the browser as ours."""

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpResponseBase
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

import casework.operations
from accounts.clock import business_now
from accounts.views.guards import MemberRequest

from ..models import Attachment


@require_safe
@login_required
@cache_control(private=True, no_store=True)
def attachment(request: MemberRequest, token: str) -> HttpResponseBase:
    """The bytes under the sender's name, for who may see the case; for others there is no such file."""
    try:
        row, file = casework.operations.open_attachment(user=request.user, token=token, at=business_now())
    except (Attachment.DoesNotExist, FileNotFoundError):
        raise Http404 from None
    answer = FileResponse(file, as_attachment=True, filename=row.name, content_type=row.content_type)
    # Whatever is inside runs nowhere, even where a browser opens it in spite of all.
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
