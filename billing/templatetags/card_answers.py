"""How it stands with a card, on pages where no card is at hand: the same code and words as on a reader in a hall or at a kiosk."""

from typing import Any

from django import template

from accounts.models import GasCard

from ..diagnoses import Diagnosis
from ..queries.card_states import state_of_card

register = template.Library()

_CALM = frozenset({Diagnosis.READY, Diagnosis.STILL_FULL, Diagnosis.UNWRITTEN})


@register.inclusion_tag("billing/card_answer.html")
def card_answer(card: GasCard) -> dict[str, Any]:
    """For the hotline and the cabinet, with the reason's code and since when that is known."""
    state = state_of_card(card)
    tone, icon = ("good", "circle-check") if state.diagnosis is Diagnosis.READY else ("warn", "triangle-alert")
    if state.diagnosis in _CALM - {Diagnosis.READY}:
        tone, icon = "busy", "credit-card"
    return {"state": state, "code": state.diagnosis.value, "sentence": state.diagnosis.label, "tone": tone, "icon": icon}
