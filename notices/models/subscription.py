from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords


class DisabledReason(models.TextChoices):
    """Why we stopped calling."""

    BY_HAND = "by_hand", _("switched off by hand")
    FAILING = "failing", _("it failed for too long")
    GONE = "gone", _("it answered that it is gone")


class Subscription(models.Model):
    """Another system that wants to hear of events: an address, the verbs it listens to, and a secret of its own.

    Called until ``disabled_at``; ``failing_since`` is the first of an unbroken row of failures. The secret is sealed at rest and
    shown once; after a rotation the old one signs along until ``old_secret_until``.
    """

    name = models.CharField(_("name"), max_length=80, unique=True)
    url = models.CharField(_("address"), max_length=500)
    verbs = models.JSONField(_("events"), default=list)
    secret_sealed = models.TextField(editable=False)
    old_secret_sealed = models.TextField(blank=True, editable=False)
    old_secret_until = models.DateTimeField(null=True, editable=False)
    created_at = models.DateTimeField(_("since"))
    failures = models.PositiveIntegerField(default=0)
    failing_since = models.DateTimeField(null=True)
    disabled_at = models.DateTimeField(null=True)
    disabled_reason = models.CharField(max_length=8, choices=DisabledReason, blank=True)
    history = HistoricalRecords(excluded_fields=["secret_sealed", "old_secret_sealed", "failures", "failing_since"])

    class Meta:
        verbose_name = _("webhook")
        verbose_name_plural = _("webhooks")

    def __str__(self) -> str:
        return self.name

    def is_rotating(self, at: datetime) -> bool:
        """Whether the secret before this one still signs along."""
        return bool(self.old_secret_until and at < self.old_secret_until)
