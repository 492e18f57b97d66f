"""The spine."""

from datetime import UTC, datetime

import factory
from factory.django import DjangoModelFactory

from casework import models

LONG_AGO = datetime(2024, 3, 1, 1, 0, tzinfo=UTC)


class EffectFactory(DjangoModelFactory):
    class Meta:
        model = models.Effect

    topic = "tests.gone.react"
    key = factory.Sequence(lambda n: f"effect:{n}")
    created_at = LONG_AGO
    next_attempt_at = LONG_AGO


class AnsweredRequestFactory(DjangoModelFactory):
    class Meta:
        model = models.AnsweredRequest

    caller = "user:1"
    key = factory.Sequence(lambda n: f"key-{n}")
    fingerprint = "f" * 64
    status_code = 201
    at = LONG_AGO
