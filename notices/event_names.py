"""What the events of public pages and of announcements are called."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

EVENT_NAMES: Mapping[str, str | Promise] = {
    "page.content_changed": _("something on a public page changed"),
    "page.published": _("the public page was published"),
    "announcement.written": _("an announcement was written"),
    "announcement.rewritten": _("the announcement was written anew"),
    "announcement.offer": _("the announcement was put up for approval"),
    "announcement.send_back": _("the announcement was sent back to its writer"),
    "announcement.schedule": _("an hour was set for the announcement"),
    "announcement.approve": _("somebody else approved the announcement"),
    "announcement.release": _("the messages of the announcement were written"),
    "announcement.finish": _("every message of the announcement was done with"),
    "announcement.resume": _("messages that were lost were owed again"),
    "announcement.cancel": _("the announcement was called off"),
    "announcement.scheduled": _("an announcement was scheduled"),
    "announcement.moved": _("an announcement was moved"),
    "announcement.sent": _("an announcement was sent"),
    "announcement.cancelled": _("nothing more of the announcement goes out"),
}
