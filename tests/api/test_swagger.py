"""Swagger under the strict policy: no inline script or style, nothing from elsewhere; anything on the console fails."""


def test_the_documentation_opens_and_tries_a_request(live_server, page, hall):
    page.goto(f"{live_server.url}/api/docs/")
    page.locator("h3", has_text="Public").click()
    page.get_by_text("Halls with their hours").click()
    block = page.locator("#operations-Public-list_halls")
    block.get_by_role("button", name="Try it out").click()
    block.get_by_role("button", name="Execute").click()
    block.locator(".live-responses-table").get_by_text("LL01").first.wait_for()
