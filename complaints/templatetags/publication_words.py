"""What pages say of answers for everybody: the kinds of marks, the status, what must be looked at; and the panel on a case's page."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from casework.models import Case
from notices.file_texts import WHY

from ..models import Answer, Appeal, Publication, PublicationFile
from ..states import APPEAL, COMPLAINT, PublicationStatus

register = template.Library()

_KINDS: Mapping[str, str | Promise] = {
    "name": pgettext_lazy("personal data", "name"),
    "phone": pgettext_lazy("personal data", "phone"),
    "address": pgettext_lazy("personal data", "address"),
    "plate": pgettext_lazy("personal data", "number plate"),
    "id_number": pgettext_lazy("personal data", "number of a paper"),
    "account": pgettext_lazy("personal data", "account"),
    "card": pgettext_lazy("personal data", "card"),
    "meter": pgettext_lazy("personal data", "meter"),
    "email": pgettext_lazy("personal data", "e-mail"),
    "date_of_birth": pgettext_lazy("personal data", "date of birth"),
}
_PLACES: Mapping[str, str | Promise] = {
    "text": gettext_lazy("in its text"),
    "metadata": gettext_lazy("in what its program wrote"),
    "name": gettext_lazy("in the name it came under"),
}
_TONES = {
    PublicationStatus.DRAFT: ("quiet", "pencil"),
    PublicationStatus.PROPOSED: ("warn", "eye"),
    PublicationStatus.PUBLISHED: ("good", "globe"),
    PublicationStatus.WITHDRAWN: ("quiet", "undo-2"),
    PublicationStatus.DROPPED: ("quiet", "trash-2"),
}


@register.filter
def kind_in_words(kind: str) -> str:
    """What was found."""
    return str(_KINDS.get(kind, kind))


@register.filter
def doubts(file: PublicationFile) -> list[str]:
    """Why somebody must look at a file."""
    found = [str(WHY[file.needs_person])] if file.needs_person in WHY else []
    for place, kinds in sorted(file.marks.items()):
        where, what = str(_PLACES.get(place, place)), ", ".join(f"{kind_in_words(kind)} ({count})" for kind, count in sorted(kinds.items()))
        found.append(_("Found %(where)s: %(what)s") % {"where": where, "what": what})
    return found


@register.inclusion_tag("components/status_tag.html")
def publication_status(publication: Publication) -> dict[str, Any]:
    """Where it stands: an icon, a word, a colour."""
    status = PublicationStatus(publication.status)
    tone, icon = _TONES[status]
    return {"tone": tone, "icon": icon, "word": status.label}


@register.inclusion_tag("complaints/publication_case.html")
def publications_of(case: Case) -> dict[str, Any]:
    """On the page of a case that was answered in writing: what was made of it for everybody, and the door to make it."""
    if case.kind not in {APPEAL.kind, COMPLAINT.kind}:
        return {}
    rows = list(Publication.objects.filter(case=case).exclude(status=PublicationStatus.DROPPED).order_by("number"))
    return {
        "case": case,
        "publications": rows,
        "may_begin": Answer.objects.filter(case=case).exists() and case.erased_at is None,
        "is_wished": Appeal.objects.filter(case=case, is_publishable=True).exists(),
    }
