from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Offer(models.Model):
    """A visit was put to a crew: the history of who was asked, and what became of it.

    Open until answered or ``lapses_at`` has passed: then the next crew is asked. ``reasons`` are the codes by which the crew was
    suggested (nearest, skilled, free ...), ``by_hand`` that a dispatcher chose.
    """

    class Answer(models.TextChoices):
        ACCEPTED = "accepted", pgettext_lazy("offer", "taken on")
        DECLINED = "declined", pgettext_lazy("offer", "declined")
        LAPSED = "lapsed", pgettext_lazy("offer", "not answered in time")
        RECALLED = "recalled", pgettext_lazy("offer", "given to somebody else")
        GIVEN_BACK = "given_back", pgettext_lazy("offer", "given back")
        PUT_OFF = "put_off", pgettext_lazy("offer", "put off to another time")

    visit = models.ForeignKey("fieldwork.Visit", on_delete=models.PROTECT, related_name="offers")
    crew = models.ForeignKey("fieldwork.Crew", on_delete=models.PROTECT, related_name="offers")
    at = models.DateTimeField(_("offered"))
    lapses_at = models.DateTimeField()
    by = models.CharField(max_length=64)
    is_by_hand = models.BooleanField(default=False)
    reasons = models.JSONField(default=list)
    answer = models.CharField(_("answer"), max_length=12, choices=Answer, blank=True)
    answered_at = models.DateTimeField(null=True)
    why = models.CharField(_("reason"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("offer")
        verbose_name_plural = _("offers")
        constraints = [
            models.UniqueConstraint(fields=["visit"], condition=Q(answer=""), name="a_visit_is_offered_to_one_crew_at_a_time"),
        ]
        indexes = [models.Index(fields=["lapses_at"], name="offer_open", condition=Q(answer=""))]
