"""How well we keep our word, for everybody: the open score and the indicators; part of this app's urls."""

from datetime import date

from django.urls import URLPattern, path, register_converter

from .views import quality, rises, score, score_desk


class Month:
    """A month as ``2026-10``: its first day."""

    regex = r"2[0-9]{3}-(?:0[1-9]|1[0-2])"

    def to_python(self, value: str) -> date:
        return date.fromisoformat(f"{value}-01")

    def to_url(self, value: date | str) -> str:
        return value if isinstance(value, str) else f"{value:%Y-%m}"


register_converter(Month, "month")

urlpatterns: list[URLPattern] = [
    path("quality/", quality.quality, name="quality"),
    path("score/", score.score_newest, name="score"),
    path("score/all.csv", score.score_all, name="score_all"),
    path("score/method/", score.score_method, name="score_method"),
    path("score/schema.json", score.score_schema, name="score_schema"),
    path("staff/score/", score_desk.score_desk, name="score_desk"),
    path("staff/rises/", rises.rise_list, name="rises"),
    path("staff/rises/<int:pk>/", rises.rise, name="rise"),
    path("staff/rises/<int:pk>/acknowledge/", rises.rise_acknowledge, name="rise_acknowledge"),
    path("score/<month:month>/", score.score_month, name="score_month"),
    path("score/<month:month>.<slug:form>", score.score_file, name="score_file"),
    path("score/<month:month>/editions/<int:number>/", score.score_edition, name="score_edition"),
]
