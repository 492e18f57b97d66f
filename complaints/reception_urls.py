"""Pages of the virtual reception; part of this app's urls."""

from django.urls import URLPattern, path

from .models import AppealForm
from .views import reception, reception_desk, reception_lists, reception_words, service_desk

_PUBLIC: list[URLPattern] = [
    path("reception/", reception.reception_home, name="reception"),
    *(path(f"reception/{form}/", reception.letter_new, {"form": form}, name=f"reception_{form}") for form in AppealForm.values),
    path("reception/service/", reception.service_new, name="reception_service"),
    path("reception/asked-already/", reception.asked_already, name="asked_already"),
    path("reception/sent/", reception.reception_sent, name="reception_sent"),
    path("track/reception/", reception_words.tracked_words, name="tracked_words"),
    path("track/reception/reopen/", reception_words.reception_reopen, name="reception_reopen"),
    path("track/reception/letters/<int:number>.pdf", reception_words.reception_letter, name="reception_letter"),
    path("cabinet/reception/<str:reference>/", reception_words.cabinet_words, name="cabinet_words"),
]
_LETTER_ACTS = {
    "answer": reception_desk.answer,
    "ask": reception_desk.ask,
    "decline": reception_desk.decline,
    "direction-answer": reception_desk.direction_answer,
    "forward": reception_desk.forward,
    "tell-date": reception_desk.tell_date,
}
_SERVICE_ACTS = {
    "agree": service_desk.agree,
    "details": service_desk.details,
    "finish": service_desk.finish,
    "missing": service_desk.missing,
    "route": service_desk.route,
}
_STAFF: list[URLPattern] = [
    path("staff/reception/", reception_lists.reception_work, name="reception_work"),
    path("staff/reception/new/", reception_lists.letter_intake, name="letter_intake"),
    path("staff/reception/services/new/", reception_lists.service_intake, name="service_intake"),
    path("staff/reception/rules/", reception_lists.reception_rules, name="reception_rules"),
    path("staff/reception/rules/<int:pk>/drop/", reception_lists.reception_rule_drop, name="reception_rule_drop"),
    path("staff/reception/letters/<str:reference>/", reception_desk.reception_desk, name="reception_desk"),
    *(
        path(f"staff/reception/letters/<str:reference>/{word}/", view, name=f"letter_{word.replace('-', '_')}")
        for word, view in _LETTER_ACTS.items()
    ),
    path("staff/reception/services/<str:reference>/", service_desk.service_desk, name="service_desk"),
    *(path(f"staff/reception/services/<str:reference>/{word}/", view, name=f"service_{word}") for word, view in _SERVICE_ACTS.items()),
]
urlpatterns: list[URLPattern] = [*_PUBLIC, *_STAFF]
