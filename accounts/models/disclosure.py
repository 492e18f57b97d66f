from typing import Any, NoReturn

from django.db import models
from django.utils.translation import gettext_lazy as _


class Disclosure(models.Model):
    """Somebody looked behind the mask: who saw a customer's phones and identity number, when. Written once, never changed."""

    customer = models.ForeignKey("accounts.Customer", on_delete=models.PROTECT, related_name="disclosures", verbose_name=_("customer"))
    by = models.CharField(_("by"), max_length=64)
    staff_name = models.CharField(_("staff member"), max_length=100)
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("look at personal data")
        verbose_name_plural = _("looks at personal data")
        ordering = ["-at"]

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("a disclosure is written once")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise TypeError("a disclosure stays")
