from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ..states import PublicationStatus
from .appeal import Topic

#: An answer in short form is no letter: characters of a question, and of an answer.
LONGEST = 8000


class Publication(models.Model):
    """A question and its answer in short form for everybody, without personal data (VIR-02, VIR-06).

    Written by one colleague (``drafted_by`` is whoever changed the words last), with what the detector found taken out; proposed;
    published by another, who compares it with the original; taken back with the reason, and then its page goes on to say so.
    ``number`` is all that stands in its address. ``kept_why`` says why something that the detector marks may stay. ``search`` is what
    the search looks through. The words it was made from stay with the case and go with it.
    """

    Status = PublicationStatus
    Section = Topic

    timeline = models.OneToOneField("casework.Timeline", on_delete=models.PROTECT, related_name="publication")
    number = models.PositiveIntegerField(_("number"), unique=True)
    case = models.ForeignKey("casework.Case", on_delete=models.PROTECT, null=True, blank=True, related_name="publications")
    section = models.CharField(_("section"), max_length=12, choices=Topic)
    language = models.CharField(_("language"), max_length=10)
    question = models.TextField(_("question"))
    answer = models.TextField(_("answer"))
    status = models.CharField(_("status"), max_length=10, choices=PublicationStatus, default=PublicationStatus.DRAFT)
    kept_why = models.CharField(_("why what is marked may stay"), max_length=300, blank=True)
    sent_back_why = models.CharField(_("why it was sent back"), max_length=300, blank=True)
    drafted_by = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, related_name="+", verbose_name=_("written by"))
    drafted_at = models.DateTimeField(_("written"))
    published_by = models.ForeignKey(
        "accounts.Staff", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("published by")
    )
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        "accounts.Staff", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("taken back by")
    )
    withdrawn_at = models.DateTimeField(_("taken back"), null=True, blank=True)
    withdrawn_why = models.CharField(_("why it was taken back"), max_length=300, blank=True)
    search = models.TextField(editable=False, default="")
    version = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("publication")
        verbose_name_plural = _("publications")
        ordering = ["-number"]
        constraints = [
            models.CheckConstraint(
                condition=Q(published_by__isnull=True) | ~Q(published_by=F("drafted_by")), name="an_answer_is_published_by_somebody_else"
            ),
            models.CheckConstraint(
                condition=Q(published_at__isnull=True, published_by__isnull=True)
                | Q(published_at__isnull=False, published_by__isnull=False),
                name="a_published_answer_says_when_and_by_whom",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["published", "withdrawn"], published_at__isnull=False)
                | (~Q(status__in=["published", "withdrawn"]) & Q(published_at__isnull=True)),
                name="what_everybody_sees_was_published",
            ),
            models.CheckConstraint(
                condition=~Q(status="withdrawn") | (Q(withdrawn_at__isnull=False) & ~Q(withdrawn_why="")),
                name="a_withdrawn_answer_says_when_and_why",
            ),
            models.UniqueConstraint(
                fields=["case", "language"],
                condition=Q(status__in=["draft", "proposed", "published"]),
                name="a_case_is_published_once_in_a_language",
            ),
        ]
        indexes = [models.Index(fields=["section", "-published_at"], name="published_answers", condition=Q(status="published"))]

    @property
    def is_draft(self) -> bool:
        return self.status == PublicationStatus.DRAFT

    @property
    def is_proposed(self) -> bool:
        return self.status == PublicationStatus.PROPOSED

    @property
    def is_published(self) -> bool:
        return self.status == PublicationStatus.PUBLISHED

    @property
    def is_withdrawn(self) -> bool:
        return self.status == PublicationStatus.WITHDRAWN


class PublicationFile(models.Model):
    """A file that is published beside an answer, under a name of ours that says nothing.

    What the detector found in its text, in what its program wrote about its author, and in the name it came under is counted in
    ``marks`` (place -> kind -> how many); ``needs_person`` says why only a person can tell. Where either stands, whoever publishes
    says that they looked (``looked_at_by``), and cannot be who put it there. Of a picture only the points are kept, not what its
    camera wrote.
    """

    publication = models.ForeignKey(Publication, on_delete=models.CASCADE, related_name="files")
    number = models.PositiveSmallIntegerField(_("number"))
    token = models.CharField(max_length=32, unique=True)
    ending = models.CharField(max_length=8)
    content_type = models.CharField(_("type"), max_length=80)
    size = models.PositiveIntegerField(_("size, bytes"))
    sha256 = models.CharField(max_length=64)
    file = models.CharField(max_length=200)
    marks = models.JSONField(default=dict)
    needs_person = models.CharField(max_length=16, blank=True)
    added_by = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    looked_at_by = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("file of a publication")
        verbose_name_plural = _("files of publications")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["publication", "number"], name="a_file_of_a_publication_has_its_own_number"),
            models.CheckConstraint(
                condition=Q(looked_at_by__isnull=True) | ~Q(looked_at_by=F("added_by")),
                name="a_published_file_is_looked_at_by_somebody_else",
            ),
        ]

    @property
    def must_be_looked_at(self) -> bool:
        """The detector marks something, or cannot tell."""
        return bool(self.needs_person or self.marks)

    @property
    def public_name(self) -> str:
        """What it is saved as by whoever takes it."""
        return f"answer-{self.publication.number}-{self.number}.{self.ending}"
