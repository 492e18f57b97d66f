from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class WorksOrder(models.Model):
    """The order to build one connection, from the hall to whoever builds (requirements.md 13, T42 to T44, T47 to T51).

    Taken when contract and fees are in order, dispatched to engineering (which sends it out) or straight to the installer, who then has
    it: ``sent_out_at``. ``planned_for`` is the agreed day where none is promised by rule; a building line waits for ``ready_at``, when its
    conditions are there. ``visit`` is the installer's visit at the door, where one was asked for.
    """

    class To(models.TextChoices):
        ENGINEERING = "engineering", pgettext_lazy("order", "the engineering department")
        INSTALLER = "installer", pgettext_lazy("order", "the installer")

    application = models.OneToOneField("connections.Application", on_delete=models.PROTECT, primary_key=True, related_name="works_order")
    to = models.CharField(_("sent to"), max_length=12, choices=To, blank=True)
    installer = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    visit = models.ForeignKey("fieldwork.Visit", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    taken_at = models.DateTimeField(_("taken"))
    dispatched_at = models.DateTimeField(_("dispatched"), null=True, blank=True)
    sent_out_at = models.DateTimeField(_("with the installer since"), null=True, blank=True)
    ready_at = models.DateTimeField(_("conditions ready since"), null=True, blank=True)
    planned_for = models.DateTimeField(_("planned for"), null=True, blank=True)
    installed_at = models.DateTimeField(_("built"), null=True, blank=True)
    cancelled_at = models.DateTimeField(_("called off"), null=True, blank=True)

    class Meta:
        verbose_name = _("order to build")
        verbose_name_plural = _("orders to build")

    @property
    def is_with_installer(self) -> bool:
        return self.sent_out_at is not None and self.installed_at is None and self.cancelled_at is None


class WorksEntry(models.Model):
    """One entry of the construction log: what was done on a day, with photos (attachments of the case).

    ``is_shown``: the applicant sees the photos too; somebody else's door may be on them, so that whoever writes decides.
    """

    application = models.ForeignKey("connections.Application", on_delete=models.PROTECT, related_name="works")
    at = models.DateTimeField(_("when"))
    staff = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, null=True, related_name="+")
    by = models.CharField(max_length=64)
    text = models.TextField(_("what was done"))
    is_shown = models.BooleanField(_("the applicant sees the photos"), default=False)
    photos = models.ManyToManyField("casework.Attachment", related_name="+", blank=True)

    class Meta:
        verbose_name = _("entry of the construction log")
        verbose_name_plural = _("construction log")
        ordering = ["at", "pk"]
