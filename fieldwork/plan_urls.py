"""Pages of whoever plans crews; part of this app's urls."""

from django.urls import URLPattern, path

from .views import badge_list, crews, rosters

urlpatterns: list[URLPattern] = [
    path("staff/crews/", crews.crew_list, name="crew_list"),
    path("staff/crews/new/", crews.crew_new, name="crew_new"),
    path("staff/crews/roster/", rosters.roster, name="crew_roster"),
    path("staff/crews/roster/<int:pk>/drop/", rosters.shift_drop, name="crew_shift_drop"),
    path("staff/crews/badges/", badge_list.badge_list, name="badge_list"),
    path("staff/crews/badges/<int:pk>/withdraw/", badge_list.badge_withdraw, name="badge_withdraw"),
    path("staff/crews/<int:pk>/", crews.crew, name="crew"),
    path("staff/crews/<int:pk>/change/", crews.crew_change, name="crew_change"),
    path("staff/crews/<int:pk>/retire/", crews.crew_retire, name="crew_retire"),
    path("staff/crews/<int:pk>/join/", crews.crew_join, name="crew_join"),
    path("staff/crews/<int:pk>/leave/", crews.crew_leave, name="crew_leave"),
]
