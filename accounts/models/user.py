from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _
from phonenumber_field.modelfields import PhoneNumberField


class User(AbstractUser):
    """Somebody who signs in: a customer by phone, a staff member by user name and second factor.

    What a person may see hangs on their bindings (customers) or role grants (staff), never on this row.
    """

    phone = PhoneNumberField(_("phone"), null=True, blank=True, unique=True)
    is_phone_verified = models.BooleanField(_("phone verified"), default=False)
    language = models.CharField(_("language"), max_length=10, blank=True)

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")

    @property
    def actor_label(self) -> str:
        return f"user:{self.pk}"
