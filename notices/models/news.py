from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ..states import NewsStatus


class NewsCategory(models.TextChoices):
    """What a piece of news is about."""

    TARIFF = "tariff", _("prices")
    SERVICE = "service", _("services")
    SWITCH_OFF = "switch_off", _("interruptions")
    SAFETY = "safety", _("safety")
    OTHER = "other", _("other news")


class News(models.Model):
    """Something that is new with us, for everybody, on the page of news from ``publish_at`` on.

    Written by one colleague; where it is about a price or about safety, or where the detector of personal data marks something
    (``kept_why`` says why it may stay), another one lets it out. What is out is corrected with a visible trace (NewsCorrection), or
    withdrawn with a reason that everybody reads. ``about`` names what it tells of (``tariff:2027-01-01``, ``outage:R4T…``), so that the
    stream, which shows those by itself, shows it once.
    """

    Status = NewsStatus
    Category = NewsCategory

    timeline = models.OneToOneField("casework.Timeline", on_delete=models.PROTECT, related_name="news")
    category = models.CharField(_("about"), max_length=10, choices=NewsCategory, default=NewsCategory.SERVICE)
    status = models.CharField(_("status"), max_length=10, choices=NewsStatus, default=NewsStatus.DRAFT)
    about = models.CharField(max_length=40, blank=True)
    publish_at = models.DateTimeField(_("on the page from"), null=True, blank=True)
    published_at = models.DateTimeField(_("published"), null=True)
    corrected_at = models.DateTimeField(_("corrected"), null=True)
    kept_why = models.CharField(_("why what is marked may stay"), max_length=300, blank=True)
    said = models.CharField(_("why it was sent back"), max_length=300, blank=True)
    written_by = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, null=True, related_name="+")
    approved_by = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, null=True, related_name="+")
    withdrawn_by = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True)
    withdrawn_why = models.CharField(_("why it was withdrawn"), max_length=300, blank=True)
    created_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("news")
        verbose_name_plural = _("news")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(approved_by=None) | ~Q(approved_by=F("written_by")), name="somebody_else_lets_news_out"),
            models.CheckConstraint(
                condition=~Q(status__in=["published", "withdrawn"]) | Q(published_at__isnull=False), name="published_news_say_since_when"
            ),
            models.CheckConstraint(
                condition=~Q(status="withdrawn") | (Q(withdrawn_at__isnull=False) & ~Q(withdrawn_why="")), name="withdrawn_news_say_why"
            ),
        ]
        indexes = [
            models.Index(fields=["-published_at", "category"], condition=Q(status="published"), name="published_news"),
            models.Index(fields=["publish_at"], condition=Q(status="scheduled"), name="news_by_hour"),
        ]

    @property
    def is_draft(self) -> bool:
        return self.status == NewsStatus.DRAFT

    @property
    def is_offered(self) -> bool:
        return self.status == NewsStatus.OFFERED

    @property
    def is_scheduled(self) -> bool:
        return self.status == NewsStatus.SCHEDULED

    @property
    def is_published(self) -> bool:
        return self.status == NewsStatus.PUBLISHED

    @property
    def is_withdrawn(self) -> bool:
        return self.status == NewsStatus.WITHDRAWN


class NewsText(models.Model):
    """Its words in one language, as they stand now."""

    news = models.ForeignKey(News, on_delete=models.CASCADE, related_name="texts")
    language = models.CharField(_("language"), max_length=10)
    title = models.CharField(_("title"), max_length=120)
    text = models.TextField(_("text"))

    class Meta:
        verbose_name = _("words of news")
        verbose_name_plural = _("words of news")
        ordering = ["language"]
        constraints = [models.UniqueConstraint(fields=["news", "language"], name="news_have_one_text_a_language")]


class NewsCorrection(models.Model):
    """Better words for something that everybody could read already: what was wrong is said, and the words before stay to be read.

    ``notes`` and ``texts`` (title and text) by language; ``before`` is what stood there, written as it is applied. Waits for another
    colleague where the news did (neither ``applied_at`` nor ``refused_at``).
    """

    news = models.ForeignKey(News, on_delete=models.CASCADE, related_name="corrections")
    number = models.PositiveSmallIntegerField(_("number"))
    notes = models.JSONField(_("what was wrong"), default=dict)
    texts = models.JSONField(default=dict)
    before = models.JSONField(default=dict)
    proposed_by = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, null=True, related_name="+")
    proposed_at = models.DateTimeField()
    applied_by = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, null=True, related_name="+")
    applied_at = models.DateTimeField(_("corrected"), null=True)
    refused_at = models.DateTimeField(null=True)
    refused_why = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("correction of news")
        verbose_name_plural = _("corrections of news")
        ordering = ["news", "number"]
        constraints = [
            models.UniqueConstraint(fields=["news", "number"], name="a_correction_has_its_own_number"),
            models.UniqueConstraint(
                fields=["news"], condition=Q(applied_at=None, refused_at=None), name="news_have_one_correction_that_waits"
            ),
            models.CheckConstraint(condition=Q(applied_at=None) | Q(refused_at=None), name="a_correction_is_applied_or_refused"),
        ]
