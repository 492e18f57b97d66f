"""Forget whose application it was: what its own tables keep of a person, beside what the case forgets itself."""

from ..models import Application, ApplicationDraft, Contract, Defect, Paper, PaperFile, Quote, QuoteLine, Stage, Stewardship, WorksEntry


def forget_words(*, application: Application) -> None:
    """Blank the place, the organisation, the wishes and every free word, and the draft it came from; in the caller's transaction.

    Numbers, dates, money and who did what remain; files went with the case's attachments.
    """
    Application.objects.filter(pk=application.pk).update(place="", organisation="", wishes="")
    ApplicationDraft.objects.filter(case=application.case_id).delete()
    Paper.objects.filter(application=application).update(verdict="")
    PaperFile.objects.filter(paper__application=application).update(verdict="")
    Stage.objects.filter(application=application).update(note="")
    Stewardship.objects.filter(application=application).update(note="")
    WorksEntry.objects.filter(application=application).update(text="")
    Defect.objects.filter(application=application).update(text="")
    Quote.objects.filter(application=application).update(note="")
    QuoteLine.objects.filter(quote__application=application).update(words="")
    # With the salt goes the last that could be guessed from what was agreed; its fingerprint can still be made (queries/fingerprints.py).
    Contract.objects.filter(quote__application=application).update(salt="")
