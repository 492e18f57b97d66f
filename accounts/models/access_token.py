from django.db import models
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _


def new_handle() -> str:
    """How a token or a sent code is spoken of; it opens nothing."""
    return get_random_string(12)


class AccessToken(models.Model):
    """A named device that acts for a user over the API until it expires or is revoked.

    Only a hash of the token is kept. ``handle`` names it in lists and for revoking. The columns are those that knox, which
    checks it (KNOX_TOKEN_MODEL), looks for.
    """

    digest = models.CharField(max_length=128, primary_key=True)
    token_key = models.CharField(max_length=25, db_index=True)
    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="auth_token_set")
    created = models.DateTimeField(auto_now_add=True)
    expiry = models.DateTimeField(null=True, blank=True)
    handle = models.CharField(max_length=12, unique=True, default=new_handle, editable=False)
    device = models.CharField(_("device"), max_length=60)

    class Meta:
        verbose_name = _("access token")
        verbose_name_plural = _("access tokens")

    def __str__(self) -> str:
        return self.device


class SignInCode(models.Model):
    """A one-time code asked for over the API; a row exists for known and unknown phones alike.

    ``user`` is empty when nobody has the phone: the outside cannot tell. Real time, not business time: codes expire.
    """

    handle = models.CharField(max_length=12, unique=True, default=new_handle, editable=False)
    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, null=True, related_name="+")
    code_hash = models.CharField(max_length=128)
    tries = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
