from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.roles import Role


class Section(models.TextChoices):
    """The shelf on which readers look for an article."""

    SAFETY = "safety", _("Safety and leaks")
    TOP_UP = "top_up", _("Topping up and cards")
    METERS = "meters", _("Meters and readings")
    PRICES = "prices", _("Prices and bills")
    BENEFITS = "benefits", _("Benefits and allowances")
    CONNECTION = "connection", _("New connection")
    REPAIRS = "repairs", _("Repairs and interruptions")
    CONTRACT = "contract", _("Contract and personal data")
    FEEDBACK = "feedback", _("Questions and complaints")
    OFFICES = "offices", _("Halls and contacts")
    INSIDE = "inside", _("For colleagues")


class Audience(models.TextChoices):
    """Who may read it."""

    PUBLIC = "public", _("everybody")
    STAFF = "staff", _("colleagues only")


class Article(models.Model):
    """One answer of the knowledge base; its words stand in ArticleText, by language and version.

    Read from its first published text on, until it is withdrawn. A permanent one is never withdrawn: safety. ``review_by`` is the
    day on which somebody of ``department`` looks whether it still holds. The timeline exists once something it tells of has changed.
    """

    Section = Section
    Audience = Audience

    slug = models.SlugField(_("short name"), max_length=60, unique=True)
    section = models.CharField(_("section"), max_length=12, choices=Section)
    audience = models.CharField(_("for"), max_length=6, choices=Audience, default=Audience.PUBLIC)
    is_common = models.BooleanField(_("among the frequent questions"), default=False)
    is_permanent = models.BooleanField(_("permanent"), default=False)
    source_language = models.CharField(_("first written in"), max_length=10)
    department = models.CharField(_("answered for by"), max_length=32, choices=Role)
    review_days = models.PositiveSmallIntegerField(_("looked at every (days)"), default=180)
    review_by = models.DateField(_("to be looked at by"))
    reminded_for = models.DateField(null=True)
    created_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.CharField(max_length=64, blank=True)
    withdrawn_why = models.CharField(_("why it was withdrawn"), max_length=200, blank=True)
    timeline = models.OneToOneField("casework.Timeline", on_delete=models.PROTECT, null=True, related_name="article")

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        ordering = ["slug"]
        constraints = [
            models.CheckConstraint(condition=Q(is_permanent=False) | Q(withdrawn_at=None), name="a_permanent_article_is_never_withdrawn"),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by="") | (~Q(withdrawn_at=None) & ~Q(withdrawn_by="")),
                name="somebody_withdrew_a_withdrawn_article",
            ),
        ]
        indexes = [
            models.Index(fields=["section", "slug"], name="article_by_section"),
            models.Index(fields=["review_by"], condition=Q(withdrawn_at=None), name="article_to_be_looked_at"),
        ]

    def __str__(self) -> str:
        return self.slug
