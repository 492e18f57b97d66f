"""Log lines are JSON and say nothing about anybody."""

import json
import logging

import pytest
import structlog

from config import logs


@pytest.fixture
def lines():
    """What a log call writes, through the formatter of production."""
    formatter_settings = logs.set_up(level="INFO", debug=False)["formatters"]["lines"]
    formatter = structlog.stdlib.ProcessorFormatter(**{name: value for name, value in formatter_settings.items() if name != "()"})
    written = []

    class Handler(logging.Handler):
        def emit(self, record):
            written.append(formatter.format(record))

    handler, root = Handler(), logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel("INFO")
    yield written
    root.removeHandler(handler)
    root.setLevel(level)


def test_a_line_is_json_with_moment_level_and_name(lines):
    logging.getLogger("notices").warning("message failed", extra={"tries": 2})
    line = json.loads(lines[0])
    assert (line["event"], line["level"], line["logger"], line["tries"]) == ("message failed", "warning", "notices", 2)
    assert line["timestamp"].endswith("Z")


def test_what_libraries_attach_stays_out(lines):
    logging.getLogger("x").warning("hello", extra={"data": "13800138000"})
    assert "13800138000" not in lines[0]


def test_of_an_error_only_classes_and_places_are_kept(lines):
    try:
        raise ValueError("Key (phone)=(+8613800138000) already exists")
    except ValueError:
        logging.getLogger("x").exception("it failed")
        structlog.get_logger("x").exception("it failed")
    for line in map(json.loads, lines):
        assert line["exception"][0]["type"] == "ValueError"
        assert "test_logs.py" in line["exception"][0]["at"][0]
    assert "13800138000" not in "".join(lines)


def test_causes_are_kept_too(lines):
    try:
        try:
            raise KeyError("name")
        except KeyError as error:
            raise ValueError from error
    except ValueError:
        logging.getLogger("x").exception("it failed")
    assert [link["type"] for link in json.loads(lines[0])["exception"]] == ["ValueError", "KeyError"]


@pytest.mark.django_db
def test_a_request_leaves_its_path_and_id_and_not_what_was_searched(lines, client):
    client.get("/halls/?q=王芳", headers={"User-Agent": "somebody's phone"}, REMOTE_ADDR="192.0.2.7")
    finished = next(line for line in map(json.loads, lines) if line["event"] == "request_finished")
    assert (finished["request"], finished["code"]) == ("GET /halls/", 200)
    assert finished["request_id"]
    assert not any(word in "".join(lines) for word in ("王芳", "192.0.2.7", "somebody"))
