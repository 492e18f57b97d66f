"""What follows of a paper that was not accepted, and of papers that are late."""

from collections.abc import Callable, Mapping
from datetime import datetime

from casework.models import Event
from casework.registry import Facts, topic_of

from .models import Application, Paper
from .operations import paper_reminders, steward_messages
from .states import PaperStatus


def say_rejected(event: Event, at: datetime) -> None:
    """The applicant hears what was wrong; not any more where another version came meanwhile."""
    loaded = ("row", "application__case__timeline", "application__case__account__customer")
    paper = Paper.objects.select_related(*loaded).filter(pk=event.facts["paper"], status=PaperStatus.REJECTED).first()
    if paper is not None:
        kind = "connection_paper_wanted_again" if event.verb == "connection.paper_taken_back" else "connection_paper_rejected"
        paper_reminders.say_rejected(paper=paper, kind=kind, key=f"paper_rejected:{paper.pk}:{event.seq}", at=at)


def say_late(event: Event, at: datetime) -> None:
    """Whoever looks after it hears that papers did not come by their day."""
    loaded = ("case__timeline", "case__owner__user", "case__owner__hall")
    application = Application.objects.select_related(*loaded).filter(case__timeline=event.timeline_id).first()
    if application is not None and application.case.is_unfinished:
        steward_messages.pass_on(application=application, event=event, kind="connection_papers_late", at=at)


def _is_late(facts: Facts) -> bool:
    return bool(facts.get("late"))


PAPER_REACTIONS: Mapping[str, tuple[Callable[[Event, datetime], None], ...]] = {
    "connection.paper_rejected": (say_rejected,),
    "connection.paper_taken_back": (say_rejected,),
    "connection.papers_reminded": (say_late,),
}
PAPER_CONCERNS: Mapping[str, Callable[[Facts], bool]] = {topic_of(say_late): _is_late}
