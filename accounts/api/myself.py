"""Who the caller is."""

from rest_framework.request import Request
from rest_framework.response import Response

from .. import models, permissions
from ..clock import business_now
from .endpoints import Doc, endpoint
from .outputs import MeOutput


@endpoint("GET", Doc(operation="who_am_i", tag="Sign-in", summary="Who the caller is and what they may do", answers={200: MeOutput}))
def who_am_i(request: Request) -> Response:
    staff = models.Staff.objects.select_related("hall").filter(user=request.user.pk, left_at__isnull=True).first()
    return Response(
        {
            "kind": "staff" if request.user.is_staff else "customer",
            "staff_number": staff.number if staff else None,
            "hall": staff.hall.code if staff and staff.hall else None,
            "verbs": sorted(permissions.verbs_of(request.user, business_now())),
        }
    )
