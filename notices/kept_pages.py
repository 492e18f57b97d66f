"""Pages of the site whose content people keep, besides articles and news: short name -> what stands there. Each has a clock (T84)."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

LINKS, NEWS = "links", "news"
PAGES: Mapping[str, str | Promise] = {
    NEWS: _("News: something is to be told"),
    "services": _("List and cost of services"),
    "forms": _("Typical forms"),
    "additional": _("Additional services"),
    "payments": _("Ways and points of payment"),
    "offices": _("Offices: addresses, contacts, hours"),
    "contact-centre": _("Contact centre: phones and hours"),
    LINKS: _("Useful links"),
}
