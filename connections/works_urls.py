"""The works; part of this app's urls."""

from django.urls import URLPattern, path

from .views import my_works, works

_WORKS = "staff/connections/<str:reference>/works/"
_MINE = "cabinet/connections/<str:reference>/works/"
_TRACKED = "track/connection/works/"
urlpatterns: list[URLPattern] = [
    path(f"{_MINE}photos/<int:pk>/", my_works.cabinet_works_photo, name="cabinet_works_photo"),
    path(f"{_MINE}defects/<int:pk>/mended/", my_works.cabinet_mended, name="cabinet_mended"),
    path(f"{_TRACKED}photos/<int:pk>/", my_works.tracked_works_photo, name="tracked_works_photo"),
    path(f"{_TRACKED}defects/<int:pk>/mended/", my_works.tracked_mended, name="tracked_mended"),
    path("track/connection/phone/", my_works.tracked_proof, name="tracked_proof"),
    path("staff/connections/works/", works.works_list, name="works_list"),
    path(_WORKS, works.works_page, name="works"),
    path(f"{_WORKS}dispatch/", works.works_dispatch, name="works_dispatch"),
    path(f"{_WORKS}send-out/", works.works_send_out, name="works_send_out"),
    path(f"{_WORKS}log/", works.works_log, name="works_log"),
    path(f"{_WORKS}ready/", works.works_ready, name="works_ready"),
    path(f"{_WORKS}built/", works.works_built, name="works_built"),
    path(f"{_WORKS}fail/", works.works_fail, name="works_fail"),
    path(f"{_WORKS}pass/", works.works_pass, name="works_pass"),
    path(f"{_WORKS}gas-on/", works.works_gas_on, name="works_gas_on"),
    path(f"{_WORKS}defects/<int:pk>/mended/", works.works_mended, name="works_mended"),
    path(f"{_WORKS}defects/<int:pk>/check/", works.works_check, name="works_check"),
]
