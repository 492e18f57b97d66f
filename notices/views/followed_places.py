"""Places a household follows: announcements and planned works there reach them too."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.clock import business_now
from accounts.models import Territory
from accounts.queries.places import branch, named
from accounts.views.guards import MemberRequest, customer_only

from ..models import FollowedPlace
from ..operations import following
from .cabinet import household_of

_FOUND = 20


@require_http_methods(["GET", "POST"])
@customer_only
def followed_places(request: MemberRequest) -> HttpResponse:
    """Find a place by its name, follow it, stop following. What is looked for travels in the body, not in the address."""
    people = household_of(request)
    if "follow" in request.POST:
        return _follow(request)
    if "stop" in request.POST:
        key = request.POST["stop"]
        following.unfollow(people=people, place=int(key) if key.isdecimal() and len(key) < 19 else 0)
        messages.success(request, _("You hear of this place no more."))
        return redirect("notices:followed_places")
    keys = FollowedPlace.objects.filter(customer__in=people).values("territory")
    places = list(Territory.objects.filter(pk__in=keys).order_by("path"))
    sought = request.POST.get("sought", "").strip()
    found = branch(None, sought).places[:_FOUND] if sought else []
    context = {"followed": named(places), "found": named(found), "sought": sought, "has_household": bool(people)}
    return render(request, "notices/followed_places.html", context)


def _follow(request: MemberRequest) -> HttpResponse:
    key = request.POST["follow"]
    place = get_object_or_404(Territory, pk=int(key) if key.isdecimal() and len(key) < 19 else 0)
    try:
        following.follow(people=household_of(request), place=place, at=business_now())
    except following.TooManyPlaces as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("You hear of announcements and works there from now on."))
    return redirect("notices:followed_places")
