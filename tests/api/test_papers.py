import billing.operations.papers

from .test_problems import check_problem


class TestReceipt:
    def test_shows_what_stands_on_the_paper(self, fangs, sold):
        (number,) = sold["receipts"]
        body = fangs.get(f"/api/v1/receipts/{number}/").json()
        assert (body["number"], body["reference"], body["amount"]) == (number, sold["reference"], 5_500)
        assert body["facts"]["amount"] == 5_500

    def test_that_was_never_issued_is_not_found(self, fangs, hall):
        check_problem(fangs.get("/api/v1/receipts/LL01-2026-000999/"), 404, "receipt_not_found")
        check_problem(fangs.get("/api/v1/receipts/nonsense/"), 404, "not_found")

    def test_comes_as_pdf(self, fangs, sold, monkeypatch):
        monkeypatch.setattr(billing.operations.papers, "render_receipt", lambda receipt, **_: b"%PDF-1.7 paper")
        response = fangs.get(f"/api/v1/receipts/{sold['receipts'][0]}/pdf/", headers={"Accept": "application/pdf"})
        assert (response.status_code, response["Content-Type"]) == (200, "application/pdf")
        assert response.content.startswith(b"%PDF")

    def test_whose_paper_fails_follows_later(self, fangs, sold, monkeypatch):
        def broken(receipt):
            raise RuntimeError

        monkeypatch.setattr(billing.operations.papers, "render_receipt", broken)
        fangs.raise_request_exception = False
        fangs.handler.raise_request_exception = False
        check_problem(fangs.get(f"/api/v1/receipts/{sold['receipts'][0]}/pdf/"), 503, "paper_follows")


class TestShift:
    def test_is_the_callers_own(self, fangs, shift):
        body = fangs.get("/api/v1/shifts/current/").json()
        assert (body["hall"], body["counter"], body["clerk"], body["status"]) == ("LL01", 1, "017", "open")

    def test_is_not_found_before_it_is_opened(self, fangs):
        check_problem(fangs.get("/api/v1/shifts/current/"), 404, "no_shift")
