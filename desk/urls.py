"""Pages of this app."""

from django.urls import URLPattern, URLResolver, include, path

from .views import card_life, components, counter, drawer, home, search, slips

app_name = "desk"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("desk.cabinet_urls")),
    path("", include("desk.site_urls")),
    path("", include("desk.appointment_urls")),
    path("staff/hotline/", include("desk.hotline_urls")),
    path("", include("desk.quality_urls")),
    path("", home.home, name="home"),
    path("counter/", counter.counter, name="counter"),
    path("counter/find/", counter.counter_find, name="counter_find"),
    path("counter/open/", counter.counter_open, name="counter_open"),
    path("counter/leave/", counter.counter_leave, name="counter_leave"),
    path("counter/stay/", counter.counter_stay, name="counter_stay"),
    path("counter/read/", counter.counter_read, name="counter_read"),
    path("counter/papers/", counter.counter_papers, name="counter_papers"),
    path("counter/quote/", counter.counter_quote, name="counter_quote"),
    path("counter/sell/", counter.counter_sell, name="counter_sell"),
    path("counter/sold/<str:reference>/", counter.counter_sold, name="counter_sold"),
    path("counter/sold/<str:reference>/write/", counter.counter_write, name="counter_write"),
    path("counter/sold/<str:reference>/lost-gas/", card_life.lost_gas, name="lost_gas"),
    path("counter/sold/<str:reference>/lost-with-card/", card_life.lost_with_card, name="lost_with_card"),
    path("counter/sold/<str:reference>/take-back/", card_life.take_back, name="take_back"),
    path("counter/sold/<str:reference>/carry-out/", card_life.carry_out, name="carry_out"),
    path("counter/accounts/<str:number>/first-card/", card_life.first_card, name="first_card"),
    path("counter/accounts/<str:number>/replace-card/", card_life.replacement, name="replacement"),
    path("counter/accounts/<str:number>/report-loss/", card_life.loss, name="loss"),
    path("counter/accounts/<str:number>/change-meter/", card_life.meter_change, name="meter_change"),
    path("counter/accounts/<str:number>/gift/", card_life.gift, name="gift"),
    path("counter/drawer/", drawer.drawer, name="drawer"),
    path("counter/drawer/new/", drawer.drawer_new, name="drawer_new"),
    path("counter/drawer/<int:pk>/lay/", drawer.drawer_lay, name="drawer_lay"),
    path("counter/drawer/<int:pk>/take-off/", drawer.drawer_take_off, name="drawer_take_off"),
    path("counter/drawer/<int:pk>/fault/", drawer.drawer_fault, name="drawer_fault"),
    path("counter/drawer/<int:pk>/load/", drawer.drawer_load, name="drawer_load"),
    path("staff/cases/<str:reference>/slip/", slips.slip, name="slip"),
    path("staff/cases/<str:reference>/slip.pdf", slips.slip_pdf, name="slip_pdf"),
    path("staff/", home.workbench, name="workbench"),
    path("staff/accounts/", search.search, name="search"),
    path("staff/components/", components.components, name="components"),
]
