from django.db import models
from django.utils.translation import gettext_lazy as _
from phonenumber_field.modelfields import PhoneNumberField
from simple_history.models import HistoricalRecords

from .customer import Customer


class Phone(models.Model):
    """A number a customer can be reached at, in E.164."""

    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="phones")
    number = PhoneNumberField(_("phone number"), db_index=True)
    is_primary = models.BooleanField(_("primary"), default=False)
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("phone")
        verbose_name_plural = _("phones")
        constraints = [
            models.UniqueConstraint(fields=["customer", "number"], name="a_customer_has_a_number_once"),
            models.UniqueConstraint(fields=["customer"], condition=models.Q(is_primary=True), name="a_customer_has_one_primary_phone"),
        ]

    def __str__(self) -> str:
        return str(self.number)
