from django.db import models
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _


class HourlyPace(models.Model):
    """What happened to clocks in one hour (its beginning), by hall and team of who had them: what forecasts are read from.

    Rolled up by ``pace_hours``, which may be repeated. ``ended`` in this hour, ``in_time`` of them before their due moment;
    ``broken``: fell due in this hour and had not ended by then, whenever they did. ``ahead`` counts the clocks that began in this
    hour by how many hours later they fell due: the first number in the same hour, the second in the next.
    """

    hour = models.DateTimeField()
    hall = models.ForeignKey("accounts.Hall", on_delete=models.PROTECT, null=True, related_name="+")
    team = models.CharField(max_length=48, blank=True, default="")
    ended = models.PositiveIntegerField(default=0)
    in_time = models.PositiveIntegerField(default=0)
    broken = models.PositiveIntegerField(default=0)
    ahead = models.JSONField(default=list)

    class Meta:
        verbose_name = _("pace of an hour")
        verbose_name_plural = _("paces of hours")
        constraints = [models.UniqueConstraint("hour", Coalesce("hall", 0), "team", name="an_hour_is_paced_once")]


class Forecast(models.Model):
    """What the board's forecast said hours before about one hour, all halls together: so that it can be held against what came.

    ``due`` were open then and were to fall due in that hour; ``broken`` is how many it expected to be broken, rounded.
    """

    hour = models.DateTimeField(unique=True)
    made_at = models.DateTimeField()
    due = models.PositiveIntegerField()
    broken = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("forecast of an hour")
        verbose_name_plural = _("forecasts of hours")
