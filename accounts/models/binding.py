from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Binding(models.Model):
    """A cabinet user's tie to an account: the holder, a family member, or somebody who only pays.

    Born when a one-time code sent to the phone on file is entered (or a clerk has seen the papers), ended by unbinding.
    """

    class Role(models.TextChoices):
        HOLDER = "holder", _("holder")
        FAMILY = "family", _("family member")
        PAYER = "payer", _("payer only")

    user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="bindings")
    account = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="bindings")
    role = models.CharField(_("role"), max_length=8, choices=Role, default=Role.HOLDER)
    bound_at = models.DateTimeField(_("bound"))
    unbound_at = models.DateTimeField(_("unbound"), null=True, blank=True)

    class Meta:
        verbose_name = _("binding")
        verbose_name_plural = _("bindings")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "account"], condition=Q(unbound_at__isnull=True), name="a_user_is_bound_to_an_account_once"
            ),
        ]


class BindingAttempt(models.Model):
    """One try to bind, right or wrong alike: both get a row, an answer and a code that may or may not exist anywhere.

    ``account`` is empty when nothing matched; the outside cannot tell. Real time, not business time: codes expire.
    """

    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="binding_attempts")
    account = models.ForeignKey("accounts.Account", on_delete=models.CASCADE, null=True, related_name="+")
    code_hash = models.CharField(max_length=128)
    tries = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
