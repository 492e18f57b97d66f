"""Everything the page of a case shows."""

from datetime import datetime
from typing import Any

from ..models import Case
from .cases import pending_transfer
from .files import files_from_customer
from .papers import missing_papers, open_list
from .stories import story_for_customer, story_for_staff


def page_for_staff(case: Case, *, at: datetime) -> dict[str, Any]:
    """The case, who is asked to take it, its story and files, and the cases that belong to it."""
    return {
        "case": case,
        "request_row": getattr(case, "general_request", None),
        "offer": pending_transfer(case),
        "story": story_for_staff(case),
        "files": list(case.attachments.order_by("at", "pk")),
        "papers": open_list(case),
        "parts": list(case.parts.order_by("pk")),
        "merged": list(case.merged.order_by("pk")),
        "now": at,
    }


def page_for_customer(case: Case, *, at: datetime) -> dict[str, Any]:
    """What a customer sees of their own case."""
    return {
        "case": case,
        "request_row": getattr(case, "general_request", None),
        "story": story_for_customer(case),
        "files": list(files_from_customer(case)),
        "missing": missing_papers(case),
        "now": at,
    }
