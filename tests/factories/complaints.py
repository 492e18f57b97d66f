"""Complaints and what belongs to them, as rows; one with its steps comes from operations.complaining.complain."""

from datetime import UTC, datetime

import factory
from factory.django import DjangoModelFactory

from casework.references import new_reference
from complaints import models
from complaints.states import ComplaintStatus
from tests.factories.accounts import StaffFactory
from tests.factories.casework import CaseFactory

LONG_AGO = datetime(2026, 11, 16, 1, 0, tzinfo=UTC)


class ComplaintFactory(DjangoModelFactory):
    class Meta:
        model = models.Complaint

    case = factory.SubFactory(
        CaseFactory,
        kind="complaint",
        timeline__kind="complaint",
        reference=factory.LazyFunction(lambda: new_reference("K")),
        matter="complaint.conduct",
        subject="",
        status=ComplaintStatus.RECEIVED,
        channel="web",
    )
    about = models.About.CONDUCT
    text = "三号柜台的人大声对我喊叫。"


class AccusedFactory(DjangoModelFactory):
    class Meta:
        model = models.Accused

    complaint = factory.SubFactory(ComplaintFactory)
    staff = factory.SubFactory(StaffFactory)
    why = models.Accused.Why.NAMED


class InquiryFactory(DjangoModelFactory):
    class Meta:
        model = models.Inquiry

    complaint = factory.SubFactory(ComplaintFactory, case__status=ComplaintStatus.INVESTIGATING)
    to_staff = factory.SubFactory(StaffFactory)
    question = "周二下午三号柜台发生了什么？"
    asked_by = factory.SubFactory(StaffFactory)
    asked_at = LONG_AGO


class AnswerFactory(DjangoModelFactory):
    class Meta:
        model = models.Answer

    case = factory.SelfAttribute("complaint.case")
    number = 1
    text = "对不起。我们已经和同事谈过话。"
    language = "zh-hans"
    way = models.Way.LETTER
    by = factory.SubFactory(StaffFactory)
    at = LONG_AGO

    class Params:
        complaint = factory.SubFactory(ComplaintFactory, case__status=ComplaintStatus.ANSWERED)


class FollowUpWorkFactory(DjangoModelFactory):
    class Meta:
        model = models.FollowUpWork

    answer = factory.SubFactory(AnswerFactory)
    words = "换一块新的表"
    promised_at = datetime(2026, 11, 27, 9, 30, tzinfo=UTC)
