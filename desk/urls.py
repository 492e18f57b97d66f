"""Pages of this app."""

from django.urls import URLPattern, URLResolver, include, path

from .views import components, counter, drawer, home

app_name = "desk"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("desk.cabinet_urls")),
    path("", home.home, name="home"),
    path("counter/", counter.counter, name="counter"),
    path("counter/find/", counter.counter_find, name="counter_find"),
    path("counter/read/", counter.counter_read, name="counter_read"),
    path("counter/papers/", counter.counter_papers, name="counter_papers"),
    path("counter/quote/", counter.counter_quote, name="counter_quote"),
    path("counter/sell/", counter.counter_sell, name="counter_sell"),
    path("counter/sold/<str:reference>/", counter.counter_sold, name="counter_sold"),
    path("counter/sold/<str:reference>/write/", counter.counter_write, name="counter_write"),
    path("counter/drawer/", drawer.drawer, name="drawer"),
    path("counter/drawer/<int:pk>/lay/", drawer.drawer_lay, name="drawer_lay"),
    path("counter/drawer/<int:pk>/take-off/", drawer.drawer_take_off, name="drawer_take_off"),
    path("counter/drawer/<int:pk>/fault/", drawer.drawer_fault, name="drawer_fault"),
    path("counter/drawer/<int:pk>/load/", drawer.drawer_load, name="drawer_load"),
    path("staff/", home.workbench, name="workbench"),
    path("staff/components/", components.components, name="components"),
]
