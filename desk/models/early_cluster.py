from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from casework import matters


class EarlyCluster(models.Model):
    """More reports of one kind than chance brings, from one district or of one model of meter (desk.early_clusters).

    Found and told once; while it lasts, ``doors``, ``chance`` and ``cases`` follow it and nobody is told again. Somebody acknowledges
    it, somebody says why (``cause``, ``explanation``); it ends by itself when the rise is over. ``kind`` is the matter of its cases,
    ``usual`` how many doors report in such a window as a rule, ``chance`` how probable so many are all the same.
    """

    class Window(models.TextChoices):
        DAY = "day", _("24 hours")
        WEEK = "week", _("seven days")

    class Cause(models.TextChoices):
        NETWORK = "network", _("a fault of the network")
        METERS = "meters", _("a fault of the meters")
        WORKS = "works", _("works or an interruption")
        WEATHER = "weather", _("the weather")
        OURS = "ours", _("something we did, a bill or a letter")
        CHANCE = "chance", pgettext_lazy("cause", "chance: nothing in common")
        OTHER = "other", _("something else")

    kind = models.CharField(_("kind"), max_length=32)
    district = models.ForeignKey("accounts.Territory", on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("district"))
    meter_model = models.CharField(_("model of meter"), max_length=100, blank=True)
    window = models.CharField(_("within"), max_length=4, choices=Window)
    doors = models.PositiveIntegerField(_("doors"))
    usual = models.FloatField(_("usual"))
    chance = models.FloatField(_("probability"))
    found_at = models.DateTimeField(_("found"))
    seen_at = models.DateTimeField(_("last seen"))
    ended_at = models.DateTimeField(_("over"), null=True)
    cases = models.ManyToManyField("casework.Case", related_name="early_clusters")
    acknowledged_at = models.DateTimeField(null=True)
    acknowledged_by = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, null=True, related_name="+")
    cause = models.CharField(_("cause"), max_length=8, choices=Cause, blank=True)
    explanation = models.CharField(_("explanation"), max_length=300, blank=True)
    explained_at = models.DateTimeField(null=True)
    explained_by = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("unusual rise")
        verbose_name_plural = _("unusual rises")
        ordering = ["-found_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                "kind", Coalesce("district", 0), "meter_model", condition=Q(ended_at__isnull=True), name="a_rise_is_found_once"
            ),
            models.CheckConstraint(
                condition=Q(cause="", explained_at__isnull=True) | (~Q(cause="") & Q(explained_at__isnull=False)),
                name="an_explained_rise_says_when",
            ),
        ]

    @property
    def title(self) -> str:
        """What is reported, in the language now active."""
        return matters.in_words(self.kind) or self.kind

    @property
    def is_open(self) -> bool:
        return self.ended_at is None

    @property
    def waits(self) -> bool:
        """Whether nobody has taken notice of it yet."""
        return self.acknowledged_at is None
