"""The spine."""

from datetime import UTC, datetime

import factory
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from factory.django import DjangoModelFactory

from casework import models
from casework.references import new_code, new_reference
from casework.states import RequestStatus
from tests.factories.accounts import StaffFactory

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


class TimelineFactory(DjangoModelFactory):
    class Meta:
        model = models.Timeline

    kind = "general_request"
    opened_at = LONG_AGO


class CaseFactory(DjangoModelFactory):
    class Meta:
        model = models.Case

    timeline = factory.SubFactory(TimelineFactory)
    kind = "general_request"
    reference = factory.LazyFunction(lambda: new_reference("G"))
    tracking_code = factory.LazyFunction(new_code)
    subject = "Where is my card?"
    channel = models.Channel.HALL
    segment = "ordinary"
    status = RequestStatus.OPEN
    opened_at = LONG_AGO


class GeneralRequestFactory(DjangoModelFactory):
    class Meta:
        model = models.GeneralRequest

    case = factory.SubFactory(CaseFactory)
    topic = models.GeneralRequest.Topic.TOP_UP
    text = "I bought gas and cannot find my card."


class TransferFactory(DjangoModelFactory):
    class Meta:
        model = models.Transfer

    case = factory.SubFactory(CaseFactory)
    asked_by = factory.SubFactory(StaffFactory)
    to_staff = factory.SubFactory(StaffFactory)
    asked_at = LONG_AGO


class ContactFactory(DjangoModelFactory):
    class Meta:
        model = models.Contact

    case = factory.SubFactory(CaseFactory)
    means = models.Contact.Means.CALL
    direction = models.Contact.Direction.IN
    at = LONG_AGO
    by = "user:1"
    content = "She asks when."


class AttachmentFactory(DjangoModelFactory):
    class Meta:
        model = models.Attachment

    case = factory.SubFactory(CaseFactory)
    token = factory.Sequence(lambda n: f"{n:032x}")
    name = "meter.png"
    content_type = "image/png"
    size = 10
    sha256 = "0" * 64
    by = "user:1"
    at = LONG_AGO


def stored_file(case, content=b"\x89PNG\r\n\x1a\n" + b"0" * 40):
    """A customer's attachment whose bytes are there."""
    row = AttachmentFactory(case=case, is_from_customer=True)
    row.file = default_storage.save(f"cases/{row.token}", ContentFile(content))
    row.save(update_fields=["file"])
    return row
