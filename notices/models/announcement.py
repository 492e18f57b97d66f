from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from ..states import AnnouncementStatus


class AnnouncementKind(models.TextChoices):
    """What we tell many people at once."""

    NEWS = "news", _("announcement")
    PAYMENT = "payment", _("payment notice")


class Announcement(models.Model):
    """Something we tell many customers by ourselves: in which words, whom, by which ways, from when on.

    The audience is what all its filters leave: places (none: everywhere), segments, price classes (none: all of them), and what another
    room knows of a customer (``condition``, a code of notices.audiences). ``ways`` are channels it may go; none: whatever each customer
    chose. VIP customers' messages fall due at ``vip_at``, all others' at ``publish_at`` (T37). ``expected`` is the count shown to whoever
    scheduled it, ``owed_to_vip`` and ``owed_to_others`` what was written at ``released_at``. ``sender_until``: somebody sends it now.
    """

    Kind = AnnouncementKind
    Status = AnnouncementStatus

    timeline = models.OneToOneField("casework.Timeline", on_delete=models.PROTECT, related_name="announcement")
    kind = models.CharField(_("kind"), max_length=8, choices=AnnouncementKind, default=AnnouncementKind.NEWS)
    status = models.CharField(_("status"), max_length=10, choices=AnnouncementStatus, default=AnnouncementStatus.DRAFT)
    territories = models.ManyToManyField("accounts.Territory", related_name="+", verbose_name=_("places"))
    segments = models.JSONField(_("segments"), default=list)
    price_classes = models.JSONField(_("price classes"), default=list)
    condition = models.CharField(_("only who"), max_length=40, blank=True)
    ways = models.JSONField(_("ways"), default=list)
    is_safety = models.BooleanField(_("for safety: at any hour"), default=False)
    is_public = models.BooleanField(_("on the public page too"), default=False)
    public_until = models.DateTimeField(_("on the page until"), null=True, blank=True)
    publish_at = models.DateTimeField(_("goes out"), null=True)
    vip_at = models.DateTimeField(null=True)
    expected = models.PositiveIntegerField(default=0)
    owed_to_vip = models.PositiveIntegerField(default=0)
    owed_to_others = models.PositiveIntegerField(default=0)
    written_by = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, null=True, related_name="+")
    approved_by = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)
    said = models.CharField(_("what was said of it"), max_length=300, blank=True)
    created_at = models.DateTimeField()
    released_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    sender_until = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("announcement")
        verbose_name_plural = _("announcements")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(approved_by=None) | ~Q(approved_by=F("written_by")), name="somebody_else_approves_an_announcement"
            ),
            models.CheckConstraint(
                condition=Q(status__in=["draft", "cancelled"]) | Q(publish_at__isnull=False), name="a_scheduled_announcement_has_its_hour"
            ),
        ]
        indexes = [models.Index(fields=["status", "publish_at"], name="announcement_by_hour")]

    @property
    def words(self) -> "AnnouncementText":
        """Title and text in the reader's language, else in the house's."""
        texts = {text.language: text for text in self.texts.all()}
        return texts.get(get_language() or "") or texts.get(settings.LANGUAGE_CODE) or next(iter(texts.values()))

    @property
    def is_draft(self) -> bool:
        return self.status == AnnouncementStatus.DRAFT

    @property
    def is_offered(self) -> bool:
        return self.status == AnnouncementStatus.OFFERED

    @property
    def is_scheduled(self) -> bool:
        return self.status == AnnouncementStatus.SCHEDULED

    @property
    def is_sending(self) -> bool:
        return self.status == AnnouncementStatus.SENDING

    @property
    def is_called_off(self) -> bool:
        return self.status == AnnouncementStatus.CANCELLED

    @property
    def is_payment(self) -> bool:
        return self.kind == AnnouncementKind.PAYMENT

    @property
    def is_released(self) -> bool:
        """Whether its messages are written."""
        return self.released_at is not None


class AnnouncementText(models.Model):
    """Its words in one language. Of a payment notice they may hold placeholders (``{amount}``), filled in as each is sent."""

    announcement = models.ForeignKey(Announcement, on_delete=models.CASCADE, related_name="texts")
    language = models.CharField(_("language"), max_length=10)
    title = models.CharField(_("title"), max_length=120)
    text = models.TextField(_("text"))

    class Meta:
        verbose_name = _("words of an announcement")
        verbose_name_plural = _("words of announcements")
        ordering = ["language"]
        constraints = [models.UniqueConstraint(fields=["announcement", "language"], name="an_announcement_has_one_text_a_language")]
