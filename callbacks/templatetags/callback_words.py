"""How a follow-up stands, in word, icon and tone."""

from collections.abc import Mapping
from typing import Any

from django import template

from ..models import FollowUp

register = template.Library()
S = FollowUp.Status
_LOOKS: Mapping[str, tuple[str, str]] = {
    S.WAITING: ("busy", "phone-call"),
    S.HEARD: ("good", "circle-check"),
    S.WRITTEN: ("good", "mail"),
    S.REFUSED: ("quiet", "ban"),
    S.NOT_REACHED: ("warn", "circle-question-mark"),
    S.WRONG_NUMBER: ("danger", "circle-x"),
    S.DROPPED: ("quiet", "archive"),
}


@register.inclusion_tag("components/status_tag.html")
def follow_up_status(follow_up: FollowUp) -> dict[str, Any]:
    """The status as a tag; who was heard and is not content stands out."""
    tone, icon = _LOOKS[follow_up.status]
    if follow_up.status == S.HEARD and not follow_up.settled:
        tone, icon = "danger", "triangle-alert"
    return {"word": follow_up.get_status_display(), "icon": icon, "tone": tone}
