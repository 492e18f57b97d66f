"""Prices, for everybody."""

from rest_framework.decorators import permission_classes
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.endpoints import Doc, endpoint
from accounts.clock import business_date, business_now

from ..queries.tariffs_in_force import tariffs_in_force
from .outputs import TariffOutput, TariffsOutput


@endpoint("GET", Doc(operation="list_tariffs", tag="Public", summary="Prices in force today", answers={200: TariffsOutput}))
@permission_classes([AllowAny])
def list_tariffs(request: Request) -> Response:
    found = tariffs_in_force(business_date(business_now()))
    return Response({"results": TariffOutput(found, many=True).data})
