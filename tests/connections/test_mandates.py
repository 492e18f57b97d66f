"""The applicant has us act in their place: of their own will, signed, and taken back at any time."""

import base64

import pytest
from django.core.files.base import ContentFile

from accounts.permissions import Forbidden
from casework.operations import Ended, NotTaken, cancel_case
from casework.permissions import VISITOR
from connections import mandates as words
from connections.forms.steward import MandateForm
from connections.mandates import MandateDeed, SignedHow, Signing
from connections.operations import mandates
from connections.operations.mandates import AlreadyGiven, NothingGiven, NotSigned, UnknownDeed
from tests.factories import connections as gas

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 40
DRAWN = "data:image/png;base64," + base64.b64encode(PNG).decode()


def drawn(content=PNG, deeds=("papers",)):
    return Signing(how=SignedHow.DRAWN, deeds=deeds, file=ContentFile(content, name="signature.png"))


@pytest.fixture
def application(db):
    return gas.ApplicationFactory()


def test_it_is_signed_kept_and_told(application, now):
    mandate = mandates.give(application=application, signing=drawn(), by=VISITOR, at=now)
    assert (mandate.deeds, mandate.signature.content_type) == (["papers"], "image/png")
    told = application.case.timeline.events.get(verb="connection.mandate_given").facts
    assert told == {"mandate": mandate.pk, "how": "drawn", "deeds": ["papers"]}


def test_it_is_taken_back_and_can_be_given_again(application, now):
    mandates.give(application=application, signing=drawn(), by=VISITOR, at=now)
    with pytest.raises(AlreadyGiven):
        mandates.give(application=application, signing=drawn(), by=VISITOR, at=now)
    mandates.revoke(application=application, by=VISITOR, at=now)
    with pytest.raises(NothingGiven):
        mandates.revoke(application=application, by=VISITOR, at=now)
    mandates.give(application=application, signing=drawn(deeds=()), by=VISITOR, at=now)
    assert application.mandates.filter(revoked_at=None).count() == 1


REFUSED = {
    "without a signature": (Signing(how=SignedHow.PAPER), NotSigned),
    "a deed we do not know": (drawn(deeds=("marry",)), UnknownDeed),
    "a way we do not know": (Signing(how="nodded"), UnknownDeed),
    "a tick of somebody who is not signed in": (Signing(how=SignedHow.CABINET), Forbidden),
    "a program as a signature": (drawn(b"MZ" + b"\0" * 60), NotTaken),
}


@pytest.mark.parametrize("what", REFUSED)
def test_it_is_refused(what, application, now):
    signing, refusal = REFUSED[what]
    with pytest.raises(refusal):
        mandates.give(application=application, signing=signing, by=VISITOR, at=now)
    assert not application.mandates.exists()


def test_staff_cannot_confirm_in_the_applicant_s_name(application, now, fang):
    with pytest.raises(Forbidden):
        mandates.give(application=application, signing=Signing(how=SignedHow.CABINET), by=fang.user, at=now)


def test_in_the_cabinet_one_s_own_tick_is_enough(application, now, olive, account):
    type(application.case).objects.filter(pk=application.pk).update(asker=olive)
    mandate = mandates.give(application=application, signing=Signing(how=SignedHow.CABINET), by=olive, at=now)
    assert (mandate.signature, mandate.by) == (None, olive.actor_label)


def test_nobody_acts_for_an_application_that_is_over(application, now):
    cancel_case(case=application.case, reason="Moved away", by=VISITOR, at=now)
    with pytest.raises(Ended):
        mandates.give(application=application, signing=drawn(), by=VISITOR, at=now)


def test_none_named_is_all_of_it():
    assert words.in_words([]) == [str(deed.label) for deed in MandateDeed]
    assert len(words.in_words(["visits"])) == 1


FORMS = {
    "drawn": ({"drawing": DRAWN}, False, SignedHow.DRAWN),
    "confirmed": ({"is_confirmed": "on"}, True, SignedHow.CABINET),
    "not signed": ({}, True, None),
    "confirmed where one is not signed in": ({"is_confirmed": "on"}, False, None),
    "a drawing that is none": ({"drawing": "data:text/html;base64,PGI+"}, False, None),
    "a drawing cut off": ({"drawing": DRAWN[:-3] + "*"}, False, None),
}


@pytest.mark.parametrize("what", FORMS)
def test_the_form_takes_one_signature(what):
    given, may_confirm, expected = FORMS[what]
    form = MandateForm({"deeds": ["papers"], **given}, {}, may_confirm=may_confirm)
    assert (form.signing().how if form.is_valid() else None) == expected
