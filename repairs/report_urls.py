"""Pages of reports and repairs; part of this app's urls."""

from django.urls import URLPattern, path

from .views import cabinet, closing, closing_cabinet, closing_tracked, intake, public, restorations, staff, work_orders

_ACTS = {
    "order": staff.order,
    "send-again": staff.send_again,
    "release": staff.release,
    "classify": staff.classify,
    "follow": staff.follow,
    "stand-alone": staff.stand_alone,
    "spare": staff.spare,
    "dispute": closing.dispute,
    "conclude": closing.conclude,
}
urlpatterns: list[URLPattern] = [
    path("report/", public.report_new, name="report"),
    path("report/done/", public.reported, name="reported"),
    path("report/done/photos/", public.report_photos, name="report_photos"),
    path("report/done/follow/", public.report_follow, name="report_follow"),
    path("report/done/alone/", public.report_alone, name="report_alone"),
    path("cabinet/repairs/new/", cabinet.repair_new, name="cabinet_new"),
    path("cabinet/repairs/<str:reference>/follow/", cabinet.repair_follow, name="cabinet_follow"),
    path("cabinet/repairs/<str:reference>/alone/", cabinet.repair_alone, name="cabinet_alone"),
    path("report/works/", closing_tracked.tracked_confirm, name="tracked_confirm"),
    path("report/still-wrong/", closing_tracked.tracked_dispute, name="tracked_dispute"),
    path("cabinet/repairs/<str:reference>/works/", closing_cabinet.cabinet_confirm, name="cabinet_confirm"),
    path("cabinet/repairs/<str:reference>/still-wrong/", closing_cabinet.cabinet_dispute, name="cabinet_dispute"),
    path("staff/repairs/to-confirm/", closing.confirm_list, name="confirm_list"),
    path("staff/repairs/", staff.waiting_list, name="waiting"),
    path("staff/repairs/new/", intake.repair_new, name="repair_new"),
    path("staff/repairs/triage/", intake.triage_verdict, name="triage"),
    path("staff/accounts/<str:number>/repairs/new/", intake.repair_new_for, name="repair_new_for"),
    path("staff/cases/<str:reference>/repair/", intake.repair_from_case, name="repair_from_case"),
    path("staff/repairs/<str:reference>/work-order.pdf", work_orders.work_order, name="work_order"),
    path("staff/accounts/<str:number>/restorations/new/", restorations.restoration_new, name="restoration_new"),
    *(path(f"staff/repairs/<str:reference>/{word}/", view, name=f"repair_{word.replace('-', '_')}") for word, view in _ACTS.items()),
]
