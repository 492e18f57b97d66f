"""Pages about connected meters; part of this app's urls."""

from django.urls import URLPattern, path

from .views import credit_forecasts, meters

urlpatterns: list[URLPattern] = [
    path("staff/forecasts/", credit_forecasts.forecasts, name="forecasts"),
    path("staff/meters/", meters.meter_list, name="meter_list"),
    path("staff/accounts/<str:number>/meter/", meters.account_meter, name="account_meter"),
    path("staff/accounts/<str:number>/meter/valve/", meters.valve, name="meter_valve"),
    path("staff/accounts/<str:number>/meter/commands/<int:command>/requeue/", meters.command_requeue, name="command_requeue"),
    path("staff/accounts/<str:number>/meter/commands/<int:command>/withdraw/", meters.command_withdraw, name="command_withdraw"),
]
