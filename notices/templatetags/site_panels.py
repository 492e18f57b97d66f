"""What pages say of links to others, and of how fresh they are."""

from typing import Any

from django import template
from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from ..models import UsefulLink
from ..queries.site_pages import kept_page

register = template.Library()


@register.simple_tag
def link_name(link: UsefulLink) -> SafeString:
    """Its name in the reader's language, or in the house's, which is said then."""
    for code in (get_language() or "", settings.LANGUAGE_CODE, *sorted(link.names)):
        if code in link.names:
            return format_html('<span lang="{}">{}</span>', code, link.names[code])
    return format_html("{}", link.address)


@register.inclusion_tag("notices/page_fresh.html")
def page_fresh(code: str) -> dict[str, Any]:
    """When a page that people keep was brought up to date and looked at last; nothing where nobody ever did."""
    return {"page": kept_page(code)}
