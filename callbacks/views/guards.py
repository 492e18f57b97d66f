"""Fetch and authorise in one act."""

from typing import Any

from django.http import Http404

from accounts.clock import business_now
from casework import permissions

from ..models import FollowUp
from ..queries import lists


def follow_up_or_404(user: Any, pk: int) -> FollowUp:
    """A follow-up about a case that this reader may see."""
    found = lists.find(pk, permissions.visible_cases(user, business_now()))
    if found is None:
        raise Http404
    return found
