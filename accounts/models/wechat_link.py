from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class WeChatLink(models.Model):
    """A cabinet user's own WeChat: it opens their cabinet, and pays in the app.

    Made at the first sign-in from WeChat, or by somebody who is signed in; ended by unlinking, by themselves or at a counter, and
    then only the two moments are kept, and who it was each time. The number by which WeChat knows the person is sealed at rest;
    ``digest`` finds the row, and tells capitals apart.
    """

    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="wechat_links")
    appid = models.CharField(_("account at WeChat"), max_length=32)
    openid_sealed = models.TextField(blank=True, editable=False)
    digest = models.CharField(max_length=64, blank=True, editable=False)
    linked_at = models.DateTimeField(_("linked"))
    linked_by = models.CharField(_("linked by"), max_length=64, blank=True)
    unlinked_at = models.DateTimeField(_("unlinked"), null=True, blank=True)
    unlinked_by = models.CharField(_("unlinked by"), max_length=64, blank=True)

    class Meta:
        verbose_name = _("link to WeChat")
        verbose_name_plural = _("links to WeChat")
        constraints = [
            models.UniqueConstraint(fields=["digest"], condition=Q(unlinked_at__isnull=True), name="a_wechat_opens_one_cabinet"),
            models.UniqueConstraint(fields=["user", "appid"], condition=Q(unlinked_at__isnull=True), name="a_cabinet_has_one_wechat"),
            models.CheckConstraint(
                condition=(Q(unlinked_at__isnull=True) & ~Q(digest="")) | Q(unlinked_at__isnull=False, digest="", openid_sealed=""),
                name="an_ended_link_to_wechat_names_nobody",
            ),
        ]
