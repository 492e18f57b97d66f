from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.clock import business_now
from accounts.roles import Verb
from accounts.views.guards import staff_with

from .. import samples


@require_safe
@staff_with(Verb.SEE_GALLERY)
def components(request: HttpRequest) -> HttpResponse:
    return render(request, "desk/components.html", samples.samples(business_now()))
