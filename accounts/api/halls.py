"""Where customers are served, for everybody."""

from rest_framework.decorators import permission_classes
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from ..queries.halls import places
from .endpoints import Doc, endpoint
from .outputs import HallOutput, HallsOutput


@endpoint("GET", Doc(operation="list_halls", tag="Public", summary="Halls with their hours", answers={200: HallsOutput}))
@permission_classes([AllowAny])
def list_halls(request: Request) -> Response:
    halls = places().prefetch_related("hours").order_by("code")
    return Response({"results": HallOutput(halls, many=True).data})
