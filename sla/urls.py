"""Pages of this app."""

from django.urls import URLPattern, URLResolver, path

from .views import approvals, board, calculator, calendars, engine, looking_back, promises, public, trends

app_name = "sla"
urlpatterns: list[URLPattern | URLResolver] = [
    path("promises/", public.our_promises, name="our_promises"),
    path("staff/board/", board.board_page, name="board"),
    path("staff/board/live/", board.board_live, name="board_live"),
    path("staff/board/trends/", trends.trends_page, name="trends"),
    path("staff/board/trends.<slug:form>", trends.trends_file, name="trends_file"),
    path("staff/clocks/<int:pk>/breach/", board.explain, name="explain_breach"),
    path("staff/escalations/<int:pk>/acknowledge/", board.acknowledge, name="acknowledge"),
    path("staff/approvals/", approvals.inbox, name="approvals"),
    path("staff/clocks/<int:pk>/more-time/", approvals.more_time, name="more_time"),
    path("staff/extensions/<int:pk>/approve/", approvals.approve, name="extension_approve"),
    path("staff/extensions/<int:pk>/refuse/", approvals.refuse, name="extension_refuse"),
    path("staff/extensions/<int:pk>/withdraw/", approvals.withdraw, name="extension_withdraw"),
    path("staff/promises/", promises.promise_list, name="promise_list"),
    path("staff/promises/calculator/", calculator.calculator, name="calculator"),
    path("staff/promises/what-if/", looking_back.what_if, name="what_if"),
    path("staff/promises/<slug:key>/", promises.promise_detail, name="promise_detail"),
    path("staff/promises/<slug:key>/change/", promises.version_new, name="version_new"),
    path("staff/promise-drafts/<int:pk>/date/", promises.draft_date, name="draft_date"),
    path("staff/promise-drafts/<int:pk>/discard/", promises.draft_discard, name="draft_discard"),
    path("staff/engine/", engine.engine, name="engine"),
    path("staff/engine/faults/<int:pk>/mend/", engine.fault_mend, name="fault_mend"),
    path("staff/engine/faults/<int:pk>/settle/", engine.fault_settle, name="fault_settle"),
    path("staff/calendars/", calendars.calendar_list, name="calendar_list"),
    path("staff/calendars/<slug:key>/", calendars.calendar_detail, name="calendar_detail"),
    path("staff/calendars/<slug:key>/days/enter/", calendars.day_enter, name="day_enter"),
    path("staff/calendars/<slug:key>/hours/", calendars.hours_new, name="hours_new"),
    path("staff/calendar-days/<int:pk>/take-back/", calendars.day_take_back, name="day_take_back"),
    path("staff/calendar-years/<slug:country>/<int:year>/confirm/", calendars.year_confirm, name="year_confirm"),
]
