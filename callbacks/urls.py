"""Pages of this app."""

from django.urls import URLPattern, path

from . import questionnaire_urls
from .views import acts, care, care_people, follow_ups, links, results, samples

app_name = "callbacks"
_ONE = "staff/call-backs/<int:pk>/"
urlpatterns: list[URLPattern] = [
    *questionnaire_urls.urlpatterns,
    path("staff/call-backs/", follow_ups.follow_up_list, name="list"),
    path("staff/call-backs/results/", results.results, name="results"),
    path(_ONE, follow_ups.follow_up, name="follow_up"),
    path(f"{_ONE}phones/", acts.show_phones, name="phones"),
    path(f"{_ONE}hear/", acts.hear, name="hear"),
    path(f"{_ONE}attempt/", acts.attempt, name="attempt"),
    path(f"{_ONE}hand-over/", acts.hand_over, name="hand_over"),
    path(f"{_ONE}link/", acts.send_link, name="send_link"),
    path(f"{_ONE}give-up/", acts.give_up, name="give_up"),
    path(f"{_ONE}refuse/", acts.refuse, name="refuse"),
    path(f"{_ONE}wrong-number/", acts.wrong_number, name="wrong_number"),
    path(f"{_ONE}letter/", acts.write_letter, name="letter"),
    path(f"{_ONE}letter.pdf", follow_ups.letter_pdf, name="letter_pdf"),
    path("staff/cases/<str:reference>/call-back/", follow_ups.follow_up_of_case, name="case"),
    path("staff/samples/", samples.sample_list, name="samples"),
    path("staff/samples/<int:pk>/", samples.sample, name="sample"),
    path("staff/samples/members/<int:pk>/", samples.member, name="member"),
    path("staff/samples/members/<int:pk>/phones/", samples.member_phones, name="member_phones"),
    path("staff/samples/members/<int:pk>/attempt/", samples.member_attempt, name="member_attempt"),
    path("staff/samples/members/<int:pk>/end/", samples.member_end, name="member_end"),
    path("staff/care/", care.care_list, name="care"),
    path("staff/care/meetings/", care.meetings, name="meetings"),
    path("staff/care/losses/", care.losses, name="losses"),
    path("staff/care/losses/<str:number>/", care.explain_loss, name="explain_loss"),
    path("staff/care/people/", care_people.people, name="care_people"),
    path("staff/care/people/<str:number>/end/", care_people.end_qualification, name="end_qualification"),
    path("staff/care/<int:pk>/", care.cared_for, name="cared_for"),
    path("staff/care/<int:pk>/manager/", care.name_manager, name="name_manager"),
    path("staff/campaigns/begin/", samples.begin_campaign, name="begin_campaign"),
    path("samples.json", samples.samples_json, name="samples_json"),
    path("how-was-it/<str:token>/", links.how_was_it, name="how_was_it"),
]
