from django.db import models
from django.utils.translation import gettext_lazy as _


class GeneralRequest(models.Model):
    """What somebody wants to know or have done, when no other room is made for it: a topic, their words, our answer."""

    class Topic(models.TextChoices):
        TOP_UP = "top_up", _("top-up, card or meter")
        BILL = "bill", _("price or bill")
        SUPPLY = "supply", _("supply and safety")
        CONNECTION = "connection", _("new connection or change")
        ACCOUNT = "account", _("contract and personal data")
        SERVICE = "service", _("our service")
        OTHER = "other", _("something else")

    case = models.OneToOneField("casework.Case", on_delete=models.CASCADE, primary_key=True, related_name="general_request")
    topic = models.CharField(_("topic"), max_length=12, choices=Topic)
    text = models.TextField(_("request"))
    answer = models.TextField(_("answer"), blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("general request")
        verbose_name_plural = _("general requests")
