"""Applications for gas, the plan they go by, and what belongs to them."""

from datetime import UTC, date, datetime, timedelta

import factory
from factory.django import DjangoModelFactory

from casework.models import Contact
from casework.references import new_reference
from connections import models
from connections.states import ConnectionStatus
from tests.factories.accounts import AccountFactory, StaffFactory
from tests.factories.casework import CaseFactory

LONG_AGO = datetime(2024, 3, 1, 1, 0, tzinfo=UTC)


class PolicyVersionFactory(DjangoModelFactory):
    class Meta:
        model = models.PolicyVersion

    kind = models.ConnectionKind.RESIDENTIAL
    #: Far from the numbers of the plans that are loaded.
    number = factory.Sequence(lambda n: 1_000 + n)
    effective_from = factory.Sequence(lambda n: LONG_AGO + timedelta(minutes=n))
    written_by = "system:tests"
    written_at = LONG_AGO


class StageRowFactory(DjangoModelFactory):
    class Meta:
        model = models.StageRow

    policy = factory.SubFactory(PolicyVersionFactory)
    key = factory.Sequence(lambda n: f"stage-{n}")
    status = ConnectionStatus.ACCEPTED
    position = factory.Sequence(lambda n: n + 1)
    names = factory.LazyAttribute(lambda row: {"en": row.key.capitalize(), "ru": f"Этап {row.key}", "zh-hans": f"阶段{row.key}"})


class PaperRowFactory(DjangoModelFactory):
    class Meta:
        model = models.PaperRow

    policy = factory.SubFactory(PolicyVersionFactory)
    key = factory.Sequence(lambda n: f"paper-{n}")
    position = factory.Sequence(lambda n: n + 1)
    names = factory.LazyAttribute(lambda row: {"en": row.key.capitalize(), "ru": f"Документ {row.key}", "zh-hans": f"材料{row.key}"})


class FeeRowFactory(DjangoModelFactory):
    class Meta:
        model = models.FeeRow

    policy = factory.SubFactory(PolicyVersionFactory)
    key = factory.Sequence(lambda n: f"fee-{n}")
    names = factory.LazyAttribute(lambda row: {"en": row.key.capitalize(), "ru": f"Плата {row.key}", "zh-hans": f"费用{row.key}"})
    amount = 260_000


class ApplicationFactory(DjangoModelFactory):
    """As the row stands in the database; one that has its stages, papers and steward comes from operations.applying.apply."""

    class Meta:
        model = models.Application

    case = factory.SubFactory(
        CaseFactory,
        kind="connection",
        timeline__kind="connection",
        reference=factory.LazyFunction(lambda: new_reference("C")),
        matter="connection.residential",
        subject="兰陵县卞庄街道文峰路12号",
        classification="individual",
        contact_name="周敏",
        contact_phone="+8613900139000",
        status=ConnectionStatus.ACCEPTED,
        area="urban",
    )
    kind = models.ConnectionKind.RESIDENTIAL
    policy = factory.SubFactory(PolicyVersionFactory)
    place = "兰陵县卞庄街道文峰路12号"
    appliances = factory.LazyFunction(lambda: {"stove": 1})
    accepted_at = LONG_AGO


class ApplicationDraftFactory(DjangoModelFactory):
    class Meta:
        model = models.ApplicationDraft

    token = factory.Sequence(lambda n: f"{n:064x}")
    kind = models.ConnectionKind.RESIDENTIAL
    begun_at = LONG_AGO
    saved_at = LONG_AGO
    expires_at = LONG_AGO + timedelta(days=30)


class StageFactory(DjangoModelFactory):
    class Meta:
        model = models.Stage

    application = factory.SubFactory(ApplicationFactory)
    row = factory.SubFactory(StageRowFactory, policy=factory.SelfAttribute("..application.policy"))
    key = factory.SelfAttribute("row.key")
    ball = models.Ball.COMPANY


class PaperFactory(DjangoModelFactory):
    class Meta:
        model = models.Paper

    application = factory.SubFactory(ApplicationFactory)
    row = factory.SubFactory(PaperRowFactory, policy=factory.SelfAttribute("..application.policy"))
    key = factory.SelfAttribute("row.key")


class PaperFileFactory(DjangoModelFactory):
    class Meta:
        model = models.PaperFile

    paper = factory.SubFactory(PaperFactory)
    number = factory.Sequence(lambda n: n + 1)
    at = LONG_AGO
    by = "user:1"


class StewardshipFactory(DjangoModelFactory):
    class Meta:
        model = models.Stewardship

    application = factory.SubFactory(ApplicationFactory)
    staff = factory.SubFactory(StaffFactory)
    reason = models.Stewardship.Reason.ASSIGNED
    since = LONG_AGO
    by = "system:tests"


class MandateFactory(DjangoModelFactory):
    class Meta:
        model = models.Mandate

    application = factory.SubFactory(ApplicationFactory)
    signed_how = "paper"
    signed_at = LONG_AGO
    by = "user:1"


class OneTimeNoticeFactory(DjangoModelFactory):
    class Meta:
        model = models.OneTimeNotice

    application = factory.SubFactory(ApplicationFactory)
    policy = factory.SelfAttribute("application.policy")
    means = Contact.Means.SMS
    language = "en"
    told_at = LONG_AGO
    by = "system:tests"


class QuoteFactory(DjangoModelFactory):
    class Meta:
        model = models.Quote

    application = factory.SubFactory(ApplicationFactory)
    number = factory.Sequence(lambda n: n + 1)
    total = 260_000
    made_at = LONG_AGO
    made_by = "user:1"


class QuoteLineFactory(DjangoModelFactory):
    class Meta:
        model = models.QuoteLine

    quote = factory.SubFactory(QuoteFactory)
    words = "Connection"
    price = 260_000
    amount = 260_000


class ContractFactory(DjangoModelFactory):
    class Meta:
        model = models.Contract

    quote = factory.SubFactory(QuoteFactory)
    number = factory.Sequence(lambda n: f"K2026-{n:05}")
    offered_at = LONG_AGO
    language = "en"


class WorksEntryFactory(DjangoModelFactory):
    class Meta:
        model = models.WorksEntry

    application = factory.SubFactory(ApplicationFactory)
    at = LONG_AGO
    by = "user:1"
    text = "Riser laid."


class DefectFactory(DjangoModelFactory):
    class Meta:
        model = models.Defect

    application = factory.SubFactory(ApplicationFactory)
    grade = models.Defect.Grade.CRITICAL
    text = "The riser leaks."
    party = models.Defect.Party.COMPANY
    due_at = LONG_AGO + timedelta(days=3)
    found_at = LONG_AGO
    found_by = "user:1"


class WorksOrderFactory(DjangoModelFactory):
    class Meta:
        model = models.WorksOrder

    application = factory.SubFactory(ApplicationFactory)
    taken_at = LONG_AGO


class GasOnFactory(DjangoModelFactory):
    class Meta:
        model = models.GasOn

    application = factory.SubFactory(ApplicationFactory)
    account = factory.SubFactory(AccountFactory)
    supply_contract = factory.Sequence(lambda n: f"S26{n:06d}")
    inspect_by = date(2025, 3, 1)
    at = LONG_AGO
    by = "user:1"
