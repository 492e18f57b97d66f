from django.db import models
from django.utils.translation import gettext_lazy as _


class OutageNotice(models.Model):
    """One round of messages about an interruption, to everybody it touches: announced, begun, another time, over, called off.

    Written with the event it tells of and sent in portions: ``cursor`` is how far it has come (priority customers first), ``written``
    how many accounts were gone through of those ``expected``, ``finished_at`` when the last one was. What it says of times is kept,
    so that the portions of one round all say the same.
    """

    class Kind(models.TextChoices):
        PLANNED = "planned", _("announced")
        BEGUN = "begun", _("gas is off")
        CHANGED = "changed", _("another time")
        ENDED = "ended", _("gas is on again")
        CANCELLED = "cancelled", _("called off")

    outage = models.ForeignKey("repairs.Outage", on_delete=models.PROTECT, related_name="notices")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(_("what is told"), max_length=10, choices=Kind)
    made_at = models.DateTimeField()
    starts_at = models.DateTimeField()
    until = models.DateTimeField()
    is_urgent = models.BooleanField(default=False)
    expected = models.PositiveIntegerField(default=0)
    written = models.PositiveIntegerField(default=0)
    cursor = models.CharField(max_length=24, blank=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("round of messages")
        verbose_name_plural = _("rounds of messages")
        constraints = [models.UniqueConstraint(fields=["outage", "number"], name="a_round_of_an_outage_has_its_own_number")]
