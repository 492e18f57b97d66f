"""What departments were asked, and what of it waits for them."""

from datetime import datetime

from django.db.models import Q, QuerySet

import accounts.queries
from accounts.models import Absence, Staff

from ..models import Complaint, Inquiry
from ..states import ComplaintStatus

#: While a complaint is looked into, departments can still answer.
LOOKED_INTO = (ComplaintStatus.RECEIVED, ComplaintStatus.INVESTIGATING, ComplaintStatus.WAITING)


def inquiries_of(complaint: Complaint) -> QuerySet[Inquiry]:
    """All that was asked about a complaint, for whoever looks into it."""
    return complaint.inquiries.select_related("to_staff", "to_hall", "asked_by", "answered_by").order_by("pk")


def inquiries_to(staff: Staff, *, at: datetime) -> QuerySet[Inquiry]:
    """What waits for an answer of this colleague: put to them, to whom they stand in for, to their hall or department. Oldest first."""
    away = Absence.objects.filter(deputy=staff, starts_at__lte=at, ends_at__gt=at).values("staff")
    roles = [str(role) for role in accounts.queries.roles_of(staff.user, at)]
    to_me = Q(to_staff=staff) | Q(to_staff__in=away)
    to_us = Q(to_staff=None, to_role__in=["", *roles]) & (Q(to_hall=None) | Q(to_hall=staff.hall_id))
    waiting = Inquiry.objects.filter(to_me | to_us, answered_at=None, complaint__case__status__in=LOOKED_INTO)
    return waiting.select_related("asked_by", "complaint__case").order_by("asked_at", "pk")
