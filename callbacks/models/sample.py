from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Sample(models.Model):
    """Whom one turn of a sampling duty asks (T72 weekly, T76 yearly, T77 of a campaign): drawn once, by a seed that anybody can check.

    The seed follows from a published root of the journal (``root``), or is a random one where none was published yet (``root`` empty).
    ``frame`` is who could have been drawn, packed, with its ``digest``; ``percent`` the share promised.
    """

    promise = models.ForeignKey("sla.Promise", on_delete=models.PROTECT, related_name="+")
    label = models.CharField(_("turn"), max_length=16)
    root = models.PositiveIntegerField(_("root of the journal"), null=True)
    seed = models.CharField(_("seed"), max_length=64)
    digest = models.CharField(_("digest of the frame"), max_length=64)
    frame = models.BinaryField()
    percent = models.PositiveSmallIntegerField(_("share, %"))
    drawn_at = models.DateTimeField(_("drawn"))

    class Meta:
        verbose_name = _("sample")
        verbose_name_plural = _("samples")
        ordering = ["-drawn_at", "promise"]
        constraints = [models.UniqueConstraint(fields=["promise", "label"], name="a_turn_is_sampled_once")]

    def __str__(self) -> str:
        return f"{self.promise_id} {self.label}"


class SampleMember(models.Model):
    """Somebody who was drawn: a finished case to be asked about, or a customer. ``key`` is theirs in the frame.

    Who was not reached as often as we said we would try, refused, or has another number, is replaced by the next of the stratum
    (``replaces``). ``texts`` and ``words`` are what they said: personal data, blanked when its time is over.
    """

    class Status(models.TextChoices):
        TO_ASK = "to_ask", _("to be asked")
        HEARD = "heard", pgettext_lazy("follow-up", "heard")
        NOT_REACHED = "not_reached", _("not reached")
        REFUSED = "refused", _("did not want to be asked")
        GONE = "gone", _("cannot be asked any more")

    sample = models.ForeignKey(Sample, on_delete=models.PROTECT, related_name="members")
    stratum = models.CharField(_("type"), max_length=32)
    key = models.BigIntegerField()
    case = models.ForeignKey("casework.Case", on_delete=models.PROTECT, null=True, related_name="sampled")
    customer = models.ForeignKey("accounts.Customer", on_delete=models.PROTECT, null=True, related_name="sampled")
    replaces = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="replaced_by")
    status = models.CharField(_("status"), max_length=12, choices=Status, default=Status.TO_ASK)
    version = models.PositiveIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    asked_by = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(_("ended"), null=True)
    questionnaire = models.ForeignKey("callbacks.Questionnaire", on_delete=models.PROTECT, null=True, related_name="+")
    answers = models.JSONField(default=dict)
    texts = models.JSONField(default=dict)
    words = models.TextField(_("what they said"), blank=True)
    settled = models.BooleanField(_("settled"), null=True)
    score = models.PositiveSmallIntegerField(_("satisfaction"), null=True)

    class Meta:
        verbose_name = _("member of a sample")
        verbose_name_plural = _("members of samples")
        constraints = [
            models.UniqueConstraint(fields=["sample", "stratum", "key"], name="nobody_is_drawn_twice"),
            models.CheckConstraint(
                condition=models.Q(case__isnull=True, customer__isnull=False) | models.Q(case__isnull=False, customer__isnull=True),
                name="a_member_is_a_case_or_a_customer",
            ),
        ]
        indexes = [models.Index(fields=["sample", "status"], name="members_of_a_sample")]
