from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .message import Channel


class Topic(models.TextChoices):
    """What somebody can do without. All else we send is owed: dangers, interruptions at home, bills, answers, codes."""

    NEWS = "news", _("announcements")
    SURVEYS = "surveys", _("questions how it went")
    PLACES = "places", _("works at places you follow")


class RefusalMeans(models.TextChoices):
    """How somebody told us."""

    LINK = "link", _("by the link in a message")
    ONE_CLICK = "one_click", _("by the button of their mail program")
    CABINET = "cabinet", _("in the cabinet")
    STAFF = "staff", _("through a colleague")
    EARLIER = "earlier", _("earlier, for all announcements")


class Refusal(models.Model):
    """A customer, or whoever reads at an address we know nobody of, wants no messages of a topic by one way; until ``ended_at``.

    Of such an address only a keyed digest is kept (``notices.way_out``): it says nothing, and still finds the next message.
    """

    Topic = Topic
    Means = RefusalMeans

    customer = models.ForeignKey("accounts.Customer", on_delete=models.CASCADE, null=True, related_name="refusals")
    digest = models.CharField(max_length=32, blank=True)
    topic = models.CharField(_("about"), max_length=8, choices=Topic)
    channel = models.CharField(_("channel"), max_length=8, choices=Channel)
    means = models.CharField(_("how it was said"), max_length=9, choices=RefusalMeans)
    since = models.DateTimeField(_("since"))
    ended_at = models.DateTimeField(_("wanted again"), null=True)

    class Meta:
        verbose_name = _("stopped messages")
        verbose_name_plural = _("stopped messages")
        ordering = ["-since", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(customer__isnull=False, digest="") | (Q(customer__isnull=True) & ~Q(digest="")), name="a_refusal_is_one_readers"
            ),
            models.UniqueConstraint(
                fields=["customer", "topic", "channel"],
                condition=Q(ended_at=None, customer__isnull=False),
                name="a_customer_refuses_a_topic_once_a_way",
            ),
            models.UniqueConstraint(
                fields=["digest", "topic", "channel"],
                condition=Q(ended_at=None) & ~Q(digest=""),
                name="an_address_refuses_a_topic_once_a_way",
            ),
        ]
