"""What the events of public pages, of announcements and of news are called."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

EVENT_NAMES: Mapping[str, str | Promise] = {
    "page.content_changed": _("something on a public page changed"),
    "page.published": _("the public page was published"),
    "page.change_mistaken": _("what the page says was right after all"),
    "news.written": _("news were written"),
    "news.rewritten": _("the news were written anew"),
    "news.offer": _("the news were put up for somebody else to read"),
    "news.send_back": _("the news were sent back to their writer"),
    "news.schedule": _("an hour was set for the news"),
    "news.approve": _("somebody else let the news out"),
    "news.publish": _("the news were published"),
    "news.withdraw": _("the news were withdrawn"),
    "news.drop": _("the news were given up"),
    "news.correction_proposed": _("a correction of the news was written"),
    "news.corrected": _("the news were corrected"),
    "news.correction_refused": _("a correction of the news was not wanted"),
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
