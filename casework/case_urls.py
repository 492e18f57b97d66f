"""Pages of cases: the desk's, the customer's, and the public one; part of this app's urls."""

from django.urls import URLPattern, path

from .views import acts, cabinet, case, files, intake, photos, proofs, tracking, worklist

_ACTS = {
    "accept": acts.accept,
    "answer": acts.answer,
    "ask": acts.ask,
    "ask-leader": acts.ask_leader,
    "assign": acts.assign,
    "attach": acts.attach,
    "cancel": acts.cancel,
    "change": acts.change,
    "close": acts.close,
    "complete-papers": acts.complete_papers,
    "contact": acts.contact,
    "decline": acts.decline,
    "erase": acts.erase,
    "merge": acts.merge,
    "receive-papers": acts.receive_papers,
    "reopen": acts.reopen,
    "return-papers": acts.return_papers,
    "split": acts.split,
    "stop-waiting": acts.stop_waiting,
    "take-back": acts.take_back,
    "transfer": acts.transfer,
}
urlpatterns: list[URLPattern] = [
    path("staff/cases/", worklist.worklist, name="worklist"),
    path("staff/cases/new/", intake.case_new, name="case_new"),
    path("staff/accounts/<str:number>/cases/new/", intake.case_new_for, name="case_new_for"),
    path("staff/cases/<str:reference>/", case.case, name="case"),
    *(path(f"staff/cases/<str:reference>/{word}/", view, name=f"case_{word.replace('-', '_')}") for word, view in _ACTS.items()),
    path("files/<str:token>/", files.attachment, name="attachment"),
    path("cabinet/requests/", cabinet.request_list, name="request_list"),
    path("cabinet/requests/new/", cabinet.request_new, name="request_new"),
    path("cabinet/requests/<str:reference>/", cabinet.request_detail, name="request"),
    path("cabinet/requests/<str:reference>/say/", cabinet.request_say, name="request_say"),
    path("cabinet/requests/<str:reference>/reopen/", cabinet.request_reopen, name="request_reopen"),
    path("cabinet/requests/<str:reference>/proof/", proofs.request_proof, name="request_proof"),
    path("cabinet/requests/<str:reference>/cancel/", cabinet.request_cancel, name="request_cancel"),
    path("track/", tracking.track, name="track"),
    path("track/case/", tracking.tracked, name="tracked"),
    path("track/case/photos/", photos.tracked_photos, name="tracked_photos"),
    path("track/case/proof/", proofs.tracked_proof, name="tracked_proof"),
]
