"""The knowledge base beside whatever a colleague is busy with."""

from typing import Any

from django import template

from casework.models import Case

register = template.Library()


@register.inclusion_tag("notices/knowledge_panel.html", takes_context=True)
def knowledge_panel(context: template.Context, case: Case | None = None) -> dict[str, Any]:
    """A search that answers while it is typed; where nothing fits, the way to ask a department, for the case at hand."""
    return {"reference": case.reference if case else "", "csrf_token": context.get("csrf_token")}
