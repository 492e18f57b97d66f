from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..states import VisitStatus


class CounterVisit(models.Model):
    """One customer's time at a clerk's counter: from card and papers handed in to card and receipt handed back (states.COUNTER_VISIT).

    Its clocks (T01, T02) hang on ``timeline``. ``top_up`` is the purchase that was made of it, also where its card was not written yet:
    a visit ends as handed back only once the card is. Of those whose purchase still waits for its card a clerk can have several open;
    of the others the one in front of them.
    """

    reference = models.CharField(_("reference"), max_length=14, unique=True)
    account = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="counter_visits", verbose_name=_("account"))
    shift = models.ForeignKey("billing.Shift", on_delete=models.PROTECT, related_name="visits")
    top_up = models.ForeignKey("billing.TopUp", on_delete=models.PROTECT, null=True, related_name="visits", verbose_name=_("purchase"))
    status = models.CharField(_("status"), max_length=11, choices=VisitStatus, default=VisitStatus.OPEN)
    version = models.PositiveIntegerField(default=0)
    opened_at = models.DateTimeField(_("began"))
    ended_at = models.DateTimeField(_("ended"), null=True)
    timeline = models.OneToOneField("casework.Timeline", on_delete=models.PROTECT, related_name="counter_visit")

    class Meta:
        verbose_name = _("visit to a counter")
        verbose_name_plural = _("visits to counters")
        indexes = [models.Index(fields=["opened_at"], name="visit_still_open", condition=Q(status="open"))]
        constraints = [
            models.UniqueConstraint(fields=["shift", "account"], condition=Q(status="open"), name="a_customer_is_at_a_counter_once"),
            models.CheckConstraint(
                condition=Q(status="open", ended_at__isnull=True) | (~Q(status="open") & Q(ended_at__isnull=False)),
                name="an_ended_visit_says_since_when",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def is_open(self) -> bool:
        return self.status == VisitStatus.OPEN
