"""One colleague writes an answer for everybody, another reads and publishes it, and a reader finds it."""

from playwright.sync_api import expect

from tests.journeys.test_cases import fits


def test_an_answer_is_written_by_one_published_by_another_and_read_by_everybody(live_server, page_in, signed_in, fang, qiang, axe):
    writer = signed_in(page_in("en-GB"), fang)
    writer.goto(f"{live_server.url}/staff/publications/new/")
    writer.get_by_label("Question").fill("Why does the meter show no digits?")
    writer.get_by_label("Answer").fill("Change the batteries.")
    writer.get_by_role("button", name="Keep as a draft").click()
    writer.get_by_role("button", name="Give it to somebody else to read").click()
    expect(writer.get_by_role("button", name="Publish for everybody")).to_be_disabled()
    axe(writer)

    reader = signed_in(page_in("en-GB", phone=True), qiang)
    reader.goto(writer.url)
    reader.get_by_label("I compared it with the original").check()
    reader.get_by_role("button", name="Publish for everybody").click()
    reader.get_by_role("link", name="As everybody sees it").click()
    expect(reader.get_by_text("Change the batteries.")).to_be_visible()
    axe(reader)
    fits(reader)
