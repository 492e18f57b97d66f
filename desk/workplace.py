"""What a hotline agent looks over before the first call of a day (DSK-01)."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ITEMS: Mapping[str, str | Promise] = {
    "devices": _("Telephone and computer are on and connected"),
    "system": _("This system opens and finds a customer"),
    "headset": _("The headset works, both ways"),
    "notebook": _("A notebook lies ready"),
    "pen": _("A pen lies ready"),
}
