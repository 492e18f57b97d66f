"""Tell the applicant that the application is in, or goes on under another number. None of it is a reply: only people reply."""

from datetime import datetime

import notices.operations
from casework import references
from casework.models import Event

from ..models import Application
from ..queries.papers import missing, papers_of
from ..queries.stewards import counterpart_of


def say_received(*, application: Application, event: Event, at: datetime) -> None:
    """At once, in the applicant's language; heard twice it goes once. In the caller's transaction."""
    case, found = application.case, counterpart_of(application, at)
    context = {
        **notices.operations.words_about(case),
        "steward": found.present.name if found else "",
        "missing": str(len(missing(papers_of(application)))),
    }
    key = f"connection_received:{case.pk}:{event.seq}"
    notices.operations.owe_to_asker(kind="connection_received", key=key, case=case, context=context, at=at, is_safety=False)


def say_merged(*, application: Application, event: Event, at: datetime) -> None:
    """It was sent twice, and goes on under the other number; the code of that one stays with who has it."""
    case = application.case
    if case.merged_into is None:
        return
    context = {**notices.operations.words_about(case), "into": references.grouped(case.merged_into.reference)}
    key = f"connection_merged:{case.pk}:{event.seq}"
    notices.operations.owe_to_asker(kind="connection_merged", key=key, case=case, context=context, at=at)
