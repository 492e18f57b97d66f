"""How far an application of the demo came: the way, step by step, through the same operations as everybody's, each at its own moment."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import cache
from io import BytesIO

from django.core.files.base import ContentFile
from PIL import Image, ImageDraw

from accounts.actors import Actor
from accounts.models import Account, Meter, Staff
from accounts.operations.customers import NewCustomer
from accounts.operations.meters import NewMeter
from billing.models import Book, Payment
from billing.operations.charge_receipts import issue_charge_receipt
from billing.operations.charges import CameIn, pay_charge
from callbacks.operations.bearing import bear_now
from callbacks.operations.hearing import Said, hear
from casework.models import Contact
from casework.operations import NewContact, attach, record_contact
from casework.permissions import VISITOR
from connections.models import Application, ConnectionKind, Contract, Deed, Defect, FeeRow
from connections.operations import callbacks, designs, gas_on, inspections, notices, offers, papers, stages, withdrawing, works
from connections.operations.gas_on import Supply
from connections.operations.inspections import Found
from connections.queries.fingerprints import digest_of
from connections.queries.offers import charge_of, standing_contract
from connections.quote_lines import NewLine, NewQuote
from connections.states import StageStatus

from .reference import CITY

_DAY = timedelta(days=1)
#: Step -> how many hours after the one before.
HOURS: Mapping[str, float] = {
    "told": 0.1,
    "rung": 0.4,
    "needs": 1,
    "visited": 18,
    "papers": 3,
    "some_papers": 3,
    "wrong_paper": 5,
    "to_look_at": 1,
    "surveyed": 20,
    "drawn": 20,
    "offered": 3,
    "accepted": 18,
    "paid": 4,
    "approved": 2,
    "ordered": 0.2,
    "begun": 20,
    "built": 20,
    "failed": 3,
    "mended": 20,
    "looked_again": 2,
    "passed": 3,
    "gas_on": 16,
    "called": 3,
    "withdrawn": 6,
}
_METRES = 1_250
_LOG = ("引入管开槽、下管，做气密性试验，压力稳定（示例）。", "户内管道、表位安装完毕，吹扫合格（示例）。")
_DEFECTS = (
    (Defect.Grade.CRITICAL, "灶前阀门处有燃气泄漏（示例）", "GB 50028 10.2（示例）", Defect.Party.CONTRACTOR),
    (Defect.Grade.MINOR, "管道穿墙处未加套管（示例）", "CJJ 94 4.3（示例）", Defect.Party.CONTRACTOR),
    (Defect.Grade.MAJOR, "橱柜遮挡阀门，须改开检修口（示例）", "GB 50028 10.4（示例）", Defect.Party.APPLICANT),
)


class Way:
    """One application and everybody who works on it, at a moment that goes on with every step."""

    def __init__(self, application: Application, staff: Mapping[str, Staff], place: int, then: datetime) -> None:
        self.application, self.staff, self.place, self.then = application, staff, place, then
        owner = application.case.owner
        self.steward: Actor = owner.user if owner else staff["min"].user
        self.inspector = staff["tao"].user

    def go(self, steps: Sequence[str]) -> None:
        for step in steps:
            self.then += timedelta(hours=HOURS[step])
            getattr(self, step)()

    def told(self) -> None:
        notices.give_first(application=self.application, at=self.then)

    def rung(self) -> None:
        call = NewContact(means=Contact.Means.CALL, direction=Contact.Direction.OUT, content="已联系申请人，约定上门时间（示例）。")
        record_contact(case=self.application.case, contact=call, by=self.steward, at=self.then)

    def needs(self) -> None:
        self._finish(Deed.MANUAL)

    def visited(self) -> None:
        self._finish(Deed.HOME_VISIT)

    def papers(self) -> None:
        """All of them shown at the window, and right."""
        for paper in self.application.papers.select_related("row").exclude(status="accepted"):
            paper.application = self.application
            papers.show_at_counter(paper=paper, by=self.steward, at=self.then)

    def some_papers(self) -> None:
        """The first is right, the rest is to come."""
        if (paper := self.application.papers.select_related("row").first()) is not None:
            paper.application = self.application
            papers.show_at_counter(paper=paper, by=self.steward, at=self.then)

    def to_look_at(self) -> None:
        """One came as a picture, and nobody has looked yet."""
        paper = self.application.papers.select_related("row").filter(status="wanted").first()
        if paper is not None:
            paper.application = self.application
            papers.hand_in(paper=paper, file=_picture("paper"), by=self.steward, at=self.then)

    def wrong_paper(self) -> None:
        """Another one cannot be read."""
        self.to_look_at()
        paper = self.application.papers.select_related("row").filter(status="handed_in").first()
        if paper is not None:
            paper.application = self.application
            papers.reject(paper=paper, seen=paper.version, reason="照片模糊，请重拍（示例）。", by=self.steward, at=self.then)

    def surveyed(self) -> None:
        self._finish(Deed.SURVEY)

    def drawn(self) -> None:
        designs.add_design(application=self.application, file=_picture("design"), note="示例", by=self.steward, at=self.then)
        self._finish(Deed.MANUAL)

    def offered(self) -> None:
        """Every fee of the plan, and some pipe."""
        rows = self.application.policy.fees.all()
        lines = [NewLine(fee=row, price=row.amount, hundredths=_METRES if row.unit == FeeRow.Unit.METRE else 100) for row in rows]
        design = self.application.designs.first()
        wanted = NewQuote(lines=lines, design=design)
        quote = offers.draft_quote(application=self.application, wanted=wanted, by=self.steward, at=self.then)
        quote.application = self.application
        offers.send_quote(quote=quote, by=self.steward, at=self.then)

    def accepted(self) -> None:
        digest = digest_of(self._contract())
        offers.accept_contract(application=self.application, digest=digest, how=Contract.How.LINK, by=VISITOR, at=self.then)

    def paid(self) -> None:
        """With a receipt; as all of the demo's older money it went to the bank before our ledger began."""
        charge = charge_of(self._contract())
        if charge is not None:
            came = CameIn(method=Payment.Method.CASH, book=Book.OPENING)
            charge = pay_charge(charge=charge, amount=charge.amount, came=came, by=CITY, at=self.then)
            issue_charge_receipt(charge=charge, method=came.method, by=CITY, at=self.then)
            offers.note_paid(application=self.application, by=CITY, at=self.then)

    def approved(self) -> None:
        self._finish(Deed.MANUAL)

    def ordered(self) -> None:
        """From the hall straight to the installer; to a larger one's through engineering."""
        kai, planned_for = self.staff["kai"], self.then + 9 * _DAY if self._is_planned else None
        works.take_order(application=self.application, by=CITY, at=self.then)
        clerk, engineer = self.staff["fang"].user, self.staff["feng"].user
        if self.place % 2:
            works.dispatch(application=self.application, to="installer", installer=kai, planned_for=planned_for, by=clerk, at=self.then)
        else:
            works.dispatch(application=self.application, to="engineering", by=clerk, at=self.then)
            works.send_out(application=self.application, installer=kai, planned_for=planned_for, by=engineer, at=self.then)
        if self.application.kind == ConnectionKind.BUILDING_LINE:
            works.tell_ready(application=self.application, by=engineer, at=self.then)

    def begun(self) -> None:
        kai = self.staff["kai"].user
        works.log(application=self.application, text=_LOG[0], photos=[_picture("works")], is_shown=True, by=kai, at=self.then)

    def built(self) -> None:
        kai = self.staff["kai"].user
        works.log(application=self.application, text=_LOG[1], by=kai, at=self.then)
        works.report_built(application=self.application, by=kai, at=self.then)

    def failed(self) -> None:
        due = self.then + 7 * _DAY
        found = [Found(grade=grade, text=text, clause=clause, party=party, due_at=due) for grade, text, clause, party in _DEFECTS]
        photo = attach(case=self.application.case, file=_picture("valve"), by=self.inspector, at=self.then)
        found[-1] = replace(found[-1], photo=photo)
        inspections.fail(application=self.application, found=found, by=self.inspector, at=self.then)

    def mended(self) -> None:
        for defect in self.application.defects.all():
            defect.application = self.application
            inspections.mend(defect=defect, by=self.staff["kai"].user, at=self.then)

    def looked_again(self) -> None:
        for defect in self.application.defects.all():
            defect.application = self.application
            inspections.check(defect=defect, is_good=True, seen=defect.version, by=self.inspector, at=self.then)

    def passed(self) -> None:
        inspections.accept(application=self.application, by=self.inspector, at=self.then)

    def gas_on(self) -> None:
        """A household's meter counts on its card, another one's reports by air."""
        case, is_home = self.application.case, self.application.kind == ConnectionKind.RESIDENTIAL
        until = date(self.then.year + 10, self.then.month, 1)
        kind, model = (Meter.Kind.VOLUME, "G2.5") if is_home else (Meter.Kind.IOT, "G16")
        meter = NewMeter(kind=kind, serial=f"DEMO-C{self.place:05d}", maker="金卡", model=model, use_until=until)
        name, who = self.application.organisation or case.contact_name, "entity" if self.application.organisation else "person"
        supply = Supply(
            meter=meter,
            price_class=Account.PriceClass.RESIDENT if is_home else Account.PriceClass.COMMERCIAL,
            new_customer=NewCustomer(name=name, kind=who, phone=str(case.contact_phone)),
            territory=self.application.territory,
            door=f"示例{self.place + 1}号",
        )
        gas_on.let_gas_in(application=self.application, supply=supply, by=self.inspector, at=self.then)

    def called(self) -> None:
        said = "用气正常，安装人员讲解了安全用气（示例）。"
        case, answers = self.application.case, {"safety": 1, "procedure": 1, "promise": 1, "attitude": 5, "quality": 5}
        follow_up = bear_now(case=case)
        assert follow_up is not None
        hear(follow_up=follow_up, said=Said(settled=True, score=5, answers=answers, words=said), by=self.staff["xia"].user, at=self.then)
        callbacks.close_called(application=self.application, at=self.then)

    def withdrawn(self) -> None:
        withdrawing.withdraw(application=self.application, reason="申请人改用电磁灶（示例）", by=self.steward, at=self.then)

    @property
    def _is_planned(self) -> bool:
        return self.application.kind in works.PLANNED

    def _contract(self) -> Contract:
        contract = standing_contract(self.application)
        assert contract is not None
        return contract

    def _finish(self, deed: Deed) -> None:
        """All that somebody may call done now, of this sort; one begins when the one before ends."""
        while stage := self.application.stages.select_related("row").filter(status=StageStatus.RUNNING, row__deed=deed).first():
            stage.application = self.application
            stages.finish(stage=stage, by=self.steward, at=self.then)


@cache
def _drawing(words: str) -> bytes:
    image = Image.new("RGB", (900, 640), "white")
    pen = ImageDraw.Draw(image)
    pen.rectangle((60, 120, 840, 580), outline="black", width=4)
    pen.line((60, 350, 500, 350, 500, 580), fill="orange", width=6)
    pen.text((80, 60), f"Pilotlight demo: {words}", fill="black", font_size=32)
    kept = BytesIO()
    image.save(kept, "PNG")
    return kept.getvalue()


def _picture(words: str) -> "ContentFile[bytes]":
    return ContentFile(_drawing(words), name=f"{words}.png")
