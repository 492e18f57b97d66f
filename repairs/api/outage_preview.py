"""Over the API: what customers would read of an interruption, before they are told."""

from django.http import Http404
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.endpoints import Doc, endpoint, needs
from accounts.clock import business_now
from accounts.roles import Verb

from ..operations import outage_previews
from . import outage_examples as examples
from .outage_outputs import OutageWordsOutput
from .outages import outage_for, shown


@endpoint(
    "GET",
    Doc(
        operation="preview_outage",
        tag="Interruptions",
        summary="What customers would be told, in every language, and how many (planners)",
        text="Of works that are not announced and of accidents that reports propose; 404 once customers have been told.",
        answers={200: OutageWordsOutput},
        problems=[404],
        examples=[shown(examples.WORDS)],
    ),
)
@needs(Verb.PLAN_OUTAGES)
def preview_outage(request: Request, reference: str) -> Response:
    outage = outage_for(reference)
    if not outage.is_draft:
        raise Http404
    seen = outage_previews.preview(outage=outage, at=business_now())
    letters = [{"language": code, "subject": words.subject, "text": words.text} for code, _name, words in seen.letters]
    return Response(OutageWordsOutput({"reach": seen.reach, "letters": letters}).data)
