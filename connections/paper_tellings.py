"""The journal of papers in plain words."""

from collections.abc import Collection, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from casework.presenters import Namer, Telling

from .models import Paper
from .queries.papers import in_words


def paper_names(keys: Collection[Any]) -> Mapping[Any, str]:
    """How papers are called in the reader's language, by their keys."""
    return {paper.pk: in_words(paper.row.names) for paper in Paper.objects.filter(pk__in=keys).select_related("row")}


PAPER_TELLINGS: Mapping[str, Telling] = {
    "connection.paper_handed_in": Telling(_("Handed in: %(paper)s"), _("You sent: %(paper)s")),
    "connection.paper_accepted": Telling(_("Accepted: %(paper)s"), _("We accepted: %(paper)s")),
    "connection.paper_rejected": Telling(_("Not accepted: %(paper)s"), _("We could not accept: %(paper)s")),
    "connection.paper_taken_back": Telling(_("Wanted again: %(paper)s"), _("We have to ask for this again: %(paper)s")),
    "connection.paper_waived": Telling(_("Not needed: %(paper)s"), _("You need not send: %(paper)s")),
    "connection.papers_reminded": Telling(_("The applicant was reminded of missing papers"), _("We reminded you of missing papers")),
}
PAPER_NAMERS: Mapping[str, Namer] = {"paper": paper_names}
