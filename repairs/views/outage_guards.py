"""Fetch an interruption, or say that there is none."""

from django.http import Http404

from ..models import Outage
from ..queries import outages


def outage_or_404(reference: str) -> Outage:
    """The interruption of this reference, however it was typed."""
    try:
        return outages.get_outage(reference)
    except outages.OutageNotFound:
        raise Http404 from None
