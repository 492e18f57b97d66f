"""Handing out a file that came with a case, to who has signed in on the pages."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponseBase
from django.views.decorators.http import require_safe

import casework.operations
from accounts.clock import business_now
from accounts.views.guards import MemberRequest

from .. import downloads
from ..models import Attachment


@require_safe
@login_required
def attachment(request: MemberRequest, token: str) -> HttpResponseBase:
    """The bytes under the sender's name, for who may see the case; for others there is no such file."""
    try:
        row, file = casework.operations.open_attachment(user=request.user, token=token, at=business_now())
    except (Attachment.DoesNotExist, FileNotFoundError):
        raise Http404 from None
    return downloads.handed_out(row, file)
