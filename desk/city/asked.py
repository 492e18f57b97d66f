"""Whom the demo asks how it serves: a campaign in one compound, the samples of the turns that run, some of them heard; a meeting held."""

from datetime import datetime, timedelta

from accounts.clock import business_date
from accounts.models import Customer, Staff, Territory
from callbacks.models import Campaign, SampleMember
from callbacks.operations import campaigns, care, samples
from callbacks.operations.hearing import Said
from callbacks.queries.care import CARED_FOR
from sla.operations.duties import open_turns

_CAMPAIGN = "开元名都 IC卡表换装"
_HEARD = (
    Said(settled=True, score=5, words="在柜台办理很快。"),
    Said(settled=True, score=4, words="Всё хорошо, но у киоска была очередь."),
    Said(settled=False, score=2, words="报装问了两次材料，希望一次说清。"),
)
_PLACE = "总部三楼会议室"
_MINUTES = "1. 管网维护：每季度一次联合检查。\n2. 服务：专人电话全天可接通。\n3. 新业务：扩容材料清单下周发出。"


def bring_samples(at: datetime) -> None:
    """The turns of this week and this year, drawn as everywhere, and the first few of each asked by whoever runs the hotline."""
    people = {staff.user.username: staff for staff in Staff.objects.select_related("user", "hall")}
    compound = Territory.objects.filter(name="开元名都").first()
    if not {"xia", "guo"} <= people.keys() or compound is None:
        return
    guo, today = people["guo"].user, business_date(at)
    if not Campaign.objects.filter(name=_CAMPAIGN).exists():
        days = {"since": today - timedelta(days=20), "until": today + timedelta(days=40)}
        campaigns.begin_campaign(name=_CAMPAIGN, territory=compound, **days, by=guo, at=at)
    open_turns(at=at)
    samples.draw_samples(at=at)
    _hear(people["xia"], at)
    _meet(people["guo"], at)


def _hear(agent: Staff, at: datetime) -> None:
    first = SampleMember.objects.filter(status=SampleMember.Status.TO_ASK, case=None).order_by("sample_id", "pk")
    for number, member in enumerate(first[: 2 * len(_HEARD)]):
        samples.hear(member=member, said=_HEARD[number % len(_HEARD)], by=agent.user, at=at)


def _meet(head: Staff, at: datetime) -> None:
    guests = list(Customer.objects.filter(segment__in=CARED_FOR).order_by("pk")[:5])
    if guests:
        care.hold_meeting(held_at=at - timedelta(days=9), place=_PLACE, minutes=_MINUTES, customers=guests, by=head.user, at=at)
