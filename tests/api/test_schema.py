"""The OpenAPI document: complete, committed, true."""

from pathlib import Path

import pytest
import yaml
from django.core.management import call_command

COMMITTED = Path(__file__).parents[2] / "docs" / "openapi.yaml"


@pytest.fixture(scope="module")
def document(tmp_path_factory):
    path = tmp_path_factory.mktemp("schema") / "openapi.yaml"
    call_command("spectacular", "--file", str(path), "--validate", "--fail-on-warn", "--lang", "en")
    return path.read_text()


@pytest.fixture(scope="module")
def operations(document):
    return [(path, operation) for path, found in yaml.load(document, yaml.CSafeLoader)["paths"].items() for operation in found.values()]


#: What makes or pays something is asked for with a key, so that it can be repeated.
KEYED = {
    "write_announcement",
    "write_news",
    "book_hall_appointment",
    *("sell", "begin_write", "open_case", "record_contact", "answer_case", "attach_file"),
    *("return_papers", "accept_restoration", "report_repair", "take_reading", "take_bill_payment", "order_valve"),
    *("apply_for_gas", "hand_in_paper", "plan_outage", "declare_accident", "open_checkout", "assign_held_payment"),
    *("dispatch_order", "send_order_out", "note_conditions", "give_mandate", "revoke_mandate", "give_connection_notice"),
    *("begin_stage", "finish_stage", "skip_stage", "turn_stage", "move_stage", "agree_gas_day", "choose_way"),
    *("merge_application", "draft_quote", "add_design", "send_quote", "take_offer_back", "propose_connection_refund"),
    *("log_works", "report_built", "name_defects", "mend_defect", "check_defect", "pass_acceptance", "let_gas_in"),
    *("send_letter", "decline_letter", "ask_letter_writer", "answer_letter", "forward_letter", "answer_for_direction", "tell_letter_date"),
    *("apply_for_service", "give_service_details", "ask_for_missing", "route_service", "agree_service_time", "finish_service"),
    *("complain", "ask_about_complaint", "answer_complaint", "refuse_complaint"),
    "ask_department",
    *("note_payout", "deposit_cash", "ask_credit_payout"),
    *("crew_accept", "crew_arrive", "crew_decline", "crew_evidence", "crew_find_nobody", "crew_finish"),
    *("crew_give_back", "crew_made_safe", "crew_read_meter", "crew_restored", "crew_set_off", "crew_sign", "crew_work"),
    *("kiosk_begin_write", "kiosk_acknowledge", "kiosk_sell", "kiosk_open_checkout"),
}


class TestDocument:
    def test_is_committed_as_it_is(self, document):
        assert document == COMMITTED.read_text(), "run: manage.py spectacular --lang en --file docs/openapi.yaml"

    def test_documents_refusals_everywhere(self, operations):
        for path, operation in operations:
            assert "429" in operation["responses"], path
            assert operation["tags"], path
            if {} not in operation["security"]:
                assert {"401", "403"} <= operation["responses"].keys(), path

    def test_gives_an_example_for_every_body(self, operations):
        for path, operation in operations:
            for media in operation.get("requestBody", {}).get("content", {}).values():
                assert media["examples"], path

    def test_asks_for_a_key_where_something_is_made(self, operations):
        keyed = {operation["operationId"] for _, operation in operations if "428" in operation["responses"]}
        assert keyed == KEYED

    def test_is_served_in_english_whatever_the_reader_speaks(self, client, db):
        answers = {client.get("/api/schema/", headers={"Accept-Language": tag}).content for tag in ("en", "zh-Hans")}
        assert len(answers) == 1
