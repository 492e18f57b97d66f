from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Binding(models.Model):
    """A cabinet user's tie to an account: the holder, a family member, or somebody who only pays.

    Born when a one-time code sent to the phone on file is entered, or when a clerk has seen the papers (``papers`` says
    which); ended by unbinding. A payer sees what is needed to pay and nothing of the household.
    """

    class Role(models.TextChoices):
        HOLDER = "holder", _("holder")
        FAMILY = "family", _("family member")
        PAYER = "payer", _("payer only")

    user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="bindings")
    account = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="bindings")
    role = models.CharField(_("role"), max_length=8, choices=Role, default=Role.HOLDER)
    bound_at = models.DateTimeField(_("bound"))
    bound_by = models.CharField(_("bound by"), max_length=64, blank=True)
    papers = models.CharField(_("papers seen"), max_length=80, blank=True)
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

    ``account`` is empty when nothing matched; the outside cannot tell. ``asked`` is a digest of the number that was
    typed, so that tries are limited for numbers that exist and for those that do not. Real time: codes expire.
    """

    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="binding_attempts")
    account = models.ForeignKey("accounts.Account", on_delete=models.CASCADE, null=True, related_name="+")
    asked = models.CharField(max_length=64)
    role = models.CharField(max_length=8, choices=Binding.Role, default=Binding.Role.HOLDER)
    salt = models.CharField(max_length=32)
    code_hash = models.CharField(max_length=128)
    tries = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["user", "created_at"], name="attempts_of_a_user"),
            models.Index(fields=["asked", "created_at"], name="attempts_at_a_number"),
        ]
