from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.roles import Role

from .appeal import Topic


class ReceptionRoute(models.Model):
    """Who answers for a function in a territory: a person, or whoever works as something there (VIR-03c, VIR-04).

    An empty topic is every topic, no territory is everywhere. Of the rules that fit, one for the topic beats one for all, then the one
    for the smallest place. A person who is away is stood in for; of those who work as something the nearest with the fewest open
    questions is asked.
    """

    topic = models.CharField(_("topic"), max_length=12, choices=Topic, blank=True)
    territory = models.ForeignKey("accounts.Territory", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    staff = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    role = models.CharField(_("department"), max_length=32, choices=Role, blank=True)
    changed_at = models.DateTimeField(_("changed"))
    by = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("route of the virtual reception")
        verbose_name_plural = _("routes of the virtual reception")
        constraints = [
            models.UniqueConstraint(fields=["topic", "territory"], name="one_route_for_a_topic_in_a_territory"),
            # Two rows without a territory are not the same to a database.
            models.UniqueConstraint(fields=["topic"], condition=Q(territory=None), name="one_route_for_a_topic_everywhere"),
            models.CheckConstraint(
                condition=(Q(staff__isnull=False) & Q(role="")) | (Q(staff=None) & ~Q(role="")),
                name="a_route_leads_to_a_person_or_a_department",
            ),
        ]
