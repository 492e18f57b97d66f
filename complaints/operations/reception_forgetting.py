"""Forget whose appeal or application it was: what their own tables keep of a person, beside what the case forgets itself."""

from casework.models import Case

from ..models import Answer, Appeal, DirectionQuestion, ServiceApplication


def forget_words(*, case: Case) -> None:
    """Blank every word, place and address; in the caller's transaction. Topics, moments and who did what remain."""
    Appeal.objects.filter(case=case).update(text="", place="", email="", reason="")
    DirectionQuestion.objects.filter(appeal=case.pk).update(question="", answer="")
    ServiceApplication.objects.filter(case=case).update(details={}, wishes="", email="", agreed_words="", done_words="")
    Answer.objects.filter(case=case).update(text="")
