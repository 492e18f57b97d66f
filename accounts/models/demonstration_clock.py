from django.db import models
from django.db.models import Q

#: An hour of business in a real second; faster, and the ticks of the sentry would jump over whole days.
FASTEST = 3600


class DemonstrationClock(models.Model):
    """The time machine: one row or none. At the real moment ``since`` business time was ``shows``; it goes ``speed`` times as fast.

    Written by ``./run --clock``, honoured only where TIME_MACHINE allows it, and gone when the demonstration ends.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    since = models.DateTimeField()
    shows = models.DateTimeField()
    speed = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(id=1), name="there_is_one_demonstration_clock"),
            models.CheckConstraint(condition=Q(speed__gte=1, speed__lte=FASTEST), name="a_demonstration_clock_goes_forward"),
        ]
