from django.db import models
from django.utils.translation import gettext_lazy as _


class FollowedPlace(models.Model):
    """A customer wants to hear what is announced, and where works are planned, at a place besides their own doors."""

    customer = models.ForeignKey("accounts.Customer", on_delete=models.CASCADE, related_name="followed_places")
    territory = models.ForeignKey("accounts.Territory", on_delete=models.PROTECT, related_name="+", verbose_name=_("place"))
    since = models.DateTimeField(_("since"))

    class Meta:
        verbose_name = _("followed place")
        verbose_name_plural = _("followed places")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["customer", "territory"], name="a_customer_follows_a_place_once")]
