"""Pages of the hotline desk, under /staff/hotline/."""

from django.urls import URLPattern, URLResolver, path

from .views import calls, hotline, hotline_figures

urlpatterns: list[URLPattern | URLResolver] = [
    path("", hotline.hotline, name="hotline"),
    path("live/", hotline.hotline_live, name="hotline_live"),
    path("workplace/", hotline.check_workplace, name="check_workplace"),
    path("take/", hotline.take_by_hand, name="take_by_hand"),
    path("figures/", hotline_figures.hotline_figures, name="hotline_figures"),
    path("calls/<str:reference>/", calls.call, name="call"),
    path("calls/<str:reference>/live/", calls.call_live, name="call_live"),
    path("calls/<str:reference>/hold/", calls.hold, name="call_hold"),
    path("calls/<str:reference>/back/", calls.resume, name="call_resume"),
    path("calls/<str:reference>/join/", calls.join, name="call_join"),
    path("calls/<str:reference>/who/", calls.identify, name="call_identify"),
    path("calls/<str:reference>/jot/", calls.jot, name="call_jot"),
    path("calls/<str:reference>/save/", calls.save, name="call_save"),
    path("calls/<str:reference>/order/", calls.make_order, name="call_order"),
    path("calls/<str:reference>/this-order/", calls.take_order, name="call_this_order"),
    path("calls/<str:reference>/no-order/", calls.drop_order, name="call_no_order"),
]
