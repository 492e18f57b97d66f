from datetime import datetime
from typing import TYPE_CHECKING

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _
from phonenumber_field.modelfields import PhoneNumberField

if TYPE_CHECKING:
    from .staff import Staff

#: Role, since, until, and the day the person left: each grant of a staff member.
type Grants = tuple[tuple[str, datetime, datetime | None, datetime | None], ...]


class User(AbstractUser):
    """Somebody who signs in: a customer by phone, a staff member by user name and second factor.

    What a person may see hangs on their bindings (customers) or role grants (staff), never on this row.
    """

    phone = PhoneNumberField(_("phone"), null=True, blank=True, unique=True)
    is_phone_verified = models.BooleanField(_("phone verified"), default=False)
    language = models.CharField(_("language"), max_length=10, blank=True)

    grants_at_hand: Grants | None = None  # queries.keep_grants_at_hand
    staff_at_hand: "Staff | None" = None  # queries.token_by_digest, for the questions of one request

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")

    @property
    def actor_label(self) -> str:
        return f"user:{self.pk}"
