from django.db import models
from django.utils.translation import gettext_lazy as _


class Restoration(models.Model):
    """Somebody whose gas was turned off, for debt, safety or at their wish, has it turned on again (promises T65 to T67)."""

    class Cause(models.TextChoices):
        DEBT = "debt", _("debt, now paid")
        SAFETY = "safety", _("a danger, now removed")
        WISH = "wish", _("at the customer's wish")
        OUTAGE = "outage", _("left over from an interruption")

    case = models.OneToOneField("casework.Case", on_delete=models.CASCADE, primary_key=True, related_name="restoration")
    cause = models.CharField(_("why it was off"), max_length=8, choices=Cause)
    text = models.TextField(_("note"), blank=True)
    done_at = models.DateTimeField(_("gas on again"), null=True, blank=True)

    class Meta:
        verbose_name = _("restoration")
        verbose_name_plural = _("restorations")
