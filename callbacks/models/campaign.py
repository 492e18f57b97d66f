from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Campaign(models.Model):
    """Many customers are converted at once (T77): while it runs a fifth of them is asked every week how it goes."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    since = models.DateField(_("first day"))
    until = models.DateField(_("last day"))
    customers = models.ManyToManyField("accounts.Customer", related_name="campaigns")
    made_by = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("campaign")
        verbose_name_plural = _("campaigns")
        ordering = ["-since", "name"]
        constraints = [models.CheckConstraint(condition=Q(until__gte=F("since")), name="a_campaign_ends_after_it_began")]

    def __str__(self) -> str:
        return self.name
