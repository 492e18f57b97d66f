from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class CareManager(models.Model):
    """The named person who looks after a key account, a VIP or a private network (T36, T41), from a day until another one does."""

    customer = models.ForeignKey("accounts.Customer", on_delete=models.PROTECT, related_name="managers")
    staff = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, related_name="looks_after")
    since = models.DateTimeField(_("since"))
    until = models.DateTimeField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("manager of a customer")
        verbose_name_plural = _("managers of customers")
        constraints = [models.UniqueConstraint(fields=["customer"], condition=Q(until__isnull=True), name="a_customer_has_one_manager")]


class CareQualification(models.Model):
    """Somebody who may see to matters of VIPs and key accounts where their manager cannot, from a day until it is taken back."""

    class Level(models.IntegerChoices):
        QUALIFIED = 1, pgettext_lazy("care", "qualified")
        SENIOR = 2, pgettext_lazy("care", "senior")
        LEADING = 3, pgettext_lazy("care", "leading")

    staff = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, related_name="care_qualifications")
    level = models.PositiveSmallIntegerField(_("level"), choices=Level, default=Level.QUALIFIED)
    since = models.DateTimeField(_("since"))
    until = models.DateTimeField(_("until"), null=True, blank=True)
    given_by = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("qualification for care")
        verbose_name_plural = _("qualifications for care")
        constraints = [models.UniqueConstraint(fields=["staff"], condition=Q(until__isnull=True), name="a_person_has_one_level_of_care")]


class CareContact(models.Model):
    """A care call or visit: with whom, what was said, what follows. ``spoke_with``, ``words`` and ``next_step`` are personal data.

    ``proof`` is a digest of what was written at that moment; it stands on the timeline of what is owed to the customer too, so that
    nobody can better the record afterwards.
    """

    class Kind(models.TextChoices):
        CALL = "call", pgettext_lazy("care", "phone call")
        VISIT = "visit", pgettext_lazy("care", "visit")

    customer = models.ForeignKey("accounts.Customer", on_delete=models.PROTECT, related_name="care_contacts")
    kind = models.CharField(_("kind"), max_length=5, choices=Kind)
    at = models.DateTimeField(_("when"))
    staff = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, related_name="+")
    spoke_with = models.CharField(_("with whom"), max_length=120)
    words = models.TextField(_("what was said"))
    next_step = models.CharField(_("what follows"), max_length=300, blank=True)
    score = models.PositiveSmallIntegerField(_("satisfaction"), null=True, blank=True)
    proof = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("care contact")
        verbose_name_plural = _("care contacts")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["customer", "-at"], name="care_of_a_customer")]


class CareMeeting(models.Model):
    """The half-yearly meeting with key accounts (T35): who came, and the minutes."""

    held_at = models.DateTimeField(_("held"))
    place = models.CharField(_("where"), max_length=120)
    minutes = models.TextField(_("minutes"))
    customers = models.ManyToManyField("accounts.Customer", related_name="meetings")
    staff = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("meeting with key accounts")
        verbose_name_plural = _("meetings with key accounts")
        ordering = ["-held_at", "-pk"]


class CareLoss(models.Model):
    """A customer who was looked after has left: the manager says why (duties of a key-account manager, CAL-10)."""

    account = models.OneToOneField("accounts.Account", on_delete=models.PROTECT, related_name="loss")
    why = models.TextField(_("why they left"))
    lesson = models.CharField(_("what we change"), max_length=300, blank=True)
    staff = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name = _("loss of a customer")
        verbose_name_plural = _("losses of customers")
