"""Addresses of crews' devices under /api/v1/."""

from django.urls import path

from . import phone

_STEPS = {
    "accept": phone.accept,
    "arrive": phone.arrive,
    "decline": phone.decline,
    "evidence": phone.evidence,
    "find-nobody": phone.find_nobody,
    "finish": phone.finish,
    "give-back": phone.give_back,
    "made-safe": phone.made_safe,
    "read-meter": phone.read_meter,
    "restored": phone.restored,
    "set-off": phone.set_off,
    "sign": phone.sign,
    "work": phone.work,
}
urlpatterns = [
    path("crew/visits/", phone.list_crew_visits),
    path("crew/visits/<int:visit>/", phone.get_crew_visit),
    *(path(f"crew/visits/<int:visit>/{word}/", view) for word, view in _STEPS.items()),
    path("crew/sync/", phone.sync_crew),
    path("crew/photos/", phone.send_crew_photo),
    path("crew/position/", phone.send_crew_position),
]
