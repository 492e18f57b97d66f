from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class FaultKind(models.TextChoices):
    """What the engine could not do."""

    LISTEN = "listen", _("follow an event")
    COMPUTE = "compute", _("compute a due moment")
    TELL = "tell", _("find anybody to tell")
    FIRE = "fire", _("fire an alarm")


class FaultQuerySet(models.QuerySet["Fault"]):
    def open(self) -> "FaultQuerySet":
        """A person must look."""
        return self.filter(settled_at=None)


class Fault(models.Model):
    """Something the engine could not do because a promise, a calendar or the roster is broken, for the operator to mend.

    The event that met it stands: a broken promise never stops a leak report. Open until the event was followed again, or
    somebody settled it by hand. ``error`` is the class of what was raised, never its words.
    """

    Kind = FaultKind

    kind = models.CharField(_("kind"), max_length=8, choices=FaultKind)
    timeline = models.ForeignKey("casework.Timeline", on_delete=models.PROTECT, null=True, related_name="+")
    seq = models.PositiveIntegerField(default=0)
    promise = models.CharField(_("promise"), max_length=16, blank=True)
    error = models.CharField(_("error"), max_length=80)
    at = models.DateTimeField(_("met"))
    settled_at = models.DateTimeField(_("settled"), null=True)
    settled_by = models.CharField(max_length=64, blank=True)

    objects = FaultQuerySet.as_manager()

    class Meta:
        verbose_name = _("fault of the engine")
        verbose_name_plural = _("faults of the engine")
        indexes = [models.Index(fields=["-at"], name="fault_open", condition=Q(settled_at=None))]

    @property
    def is_mendable(self) -> bool:
        """Whether following its event again could help."""
        return self.settled_at is None and self.timeline_id is not None and self.seq > 0
