"""What the events of public pages are called."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

EVENT_NAMES: Mapping[str, str | Promise] = {
    "page.content_changed": _("something on a public page changed"),
    "page.published": _("the public page was published"),
}
