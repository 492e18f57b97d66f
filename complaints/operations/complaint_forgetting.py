"""Forget whose complaint it was and what was said: what its own tables keep of a person, beside what the case forgets itself."""

from ..models import Answer, Complaint, FollowUpWork, Inquiry


def forget_complaint(*, complaint: Complaint) -> None:
    """Blank every free word, the address and the e-mail; in the caller's transaction. Codes, times and who did what remain."""
    Complaint.objects.filter(pk=complaint.pk).update(text="", finding="", email="", address="", accused_words="")
    Inquiry.objects.filter(complaint=complaint).update(question="", finding="")
    Answer.objects.filter(case=complaint.case_id).update(text="")
    FollowUpWork.objects.filter(answer__case=complaint.case_id).update(words="")
