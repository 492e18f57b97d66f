"""Pages of complaints; part of this app's urls."""

from django.urls import URLPattern, path

from .views import (
    complain_cabinet,
    complain_public,
    complaint,
    complaint_intake,
    complaint_letters,
    complaint_lists,
    complaint_tracked,
    inquiries,
)

_ACTS = {
    "investigate": complaint.investigate,
    "ask": complaint.ask,
    "stop-waiting": complaint.stop_waiting,
    "inquire": complaint.inquire,
    "judge": complaint.judge,
    "whom": complaint.whom,
    "answer": complaint.answer,
    "refuse": complaint.refuse,
    "close": complaint.close,
    "reopen": complaint.reopen,
}
urlpatterns: list[URLPattern] = [
    path("complain/", complain_public.complain, name="complain"),
    path("complain/done/", complain_public.complained, name="complained"),
    path("complain/done/files/", complain_public.complained_files, name="complained_files"),
    path("cabinet/complaints/new/", complain_cabinet.cabinet_new, name="cabinet_new"),
    path("cabinet/complaints/<str:reference>/letters/<int:number>.pdf", complaint_letters.cabinet_letter, name="cabinet_letter"),
    path("track/complaint/say/", complaint_tracked.tracked_say, name="tracked_say"),
    path("track/complaint/reopen/", complaint_tracked.tracked_reopen, name="tracked_reopen"),
    path("track/complaint/withdraw/", complaint_tracked.tracked_withdraw, name="tracked_withdraw"),
    path("track/complaint/letters/<int:number>.pdf", complaint_tracked.tracked_letter, name="tracked_letter"),
    path("staff/complaints/", complaint_lists.complaint_list, name="complaint_list"),
    path("staff/complaints/results/", complaint_lists.complaint_results, name="complaint_results"),
    path("staff/complaints/new/", complaint_intake.complaint_new, name="complaint_new"),
    path("staff/accounts/<str:number>/complaints/new/", complaint_intake.complaint_new_for, name="complaint_new_for"),
    path("staff/cases/<str:reference>/complaint/", complaint_intake.complaint_from_case, name="complaint_from_case"),
    path("staff/inquiries/", inquiries.inquiry_list, name="inquiry_list"),
    path("staff/inquiries/<int:pk>/", inquiries.inquiry, name="inquiry"),
    path("staff/complaints/<str:reference>/", complaint.complaint, name="complaint"),
    path("staff/complaints/<str:reference>/letters/<int:number>.pdf", complaint_letters.case_letter, name="case_letter"),
    path("staff/complaints/<str:reference>/works/<int:pk>/done/", complaint.work_done, name="work_done"),
    path("staff/complaints/<str:reference>/accused/<str:number>/clear/", complaint.clear, name="clear"),
    *(path(f"staff/complaints/<str:reference>/{word}/", view, name=f"do_{word.replace('-', '_')}") for word, view in _ACTS.items()),
]
