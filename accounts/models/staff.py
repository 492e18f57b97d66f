from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from ..roles import Role


class Staff(models.Model):
    """Somebody who works here: the number they say on the phone, the hall they belong to."""

    user = models.OneToOneField("accounts.User", on_delete=models.PROTECT, related_name="staff", verbose_name=_("user"))
    number = models.CharField(_("staff number"), max_length=8, unique=True)
    name = models.CharField(_("full name"), max_length=80)
    hall = models.ForeignKey("accounts.Hall", on_delete=models.PROTECT, null=True, blank=True, related_name="staff", verbose_name=_("hall"))
    left_at = models.DateTimeField(_("left"), null=True, blank=True)
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("staff member")
        verbose_name_plural = _("staff")

    def __str__(self) -> str:
        return f"{self.name} ({self.number})"


class RoleGrant(models.Model):
    """A role a staff member holds, from a day until taken back; for some roles within a part of the territory."""

    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="grants")
    role = models.CharField(_("role"), max_length=32, choices=Role.choices)
    territory = models.ForeignKey("accounts.Territory", on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("territory"))
    since = models.DateTimeField(_("since"))
    until = models.DateTimeField(_("until"), null=True, blank=True)
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("role")
        verbose_name_plural = _("roles")
        constraints = [
            models.CheckConstraint(condition=Q(until__isnull=True) | Q(until__gt=F("since")), name="a_role_ends_after_it_began"),
        ]

    def __str__(self) -> str:
        return str(Role(self.role).label)
