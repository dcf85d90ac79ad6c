"""The log is JSON lines with the request they belong to; nothing in them says who looked at what."""

import json
import logging
from pathlib import Path

import pytest
from answers import Answer, ask
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from sejong_dash.watch import log_lines
from sejong_dash.watch.log_lines import JsonLines, LogTail, name_origin
from sejong_dash.watch.request_log import RequestLog


@pytest.fixture
def tail(monkeypatch: pytest.MonkeyPatch) -> LogTail:
    """A tail of its own on the loggers of the dashboard."""
    tail = LogTail(most=5)
    tail.addFilter(name_origin)
    for logger in (logging.getLogger("sejong_dash.test"), log_lines.ACCESS):
        monkeypatch.setattr(logger, "handlers", [tail])
        monkeypatch.setattr(logger, "level", logging.INFO)
    return tail


async def page(request: Request) -> Response:
    logging.getLogger("sejong_dash.test").warning("while it is made")
    return PlainTextResponse("shown")


async def fail(request: Request) -> Response:
    raise ValueError("마음에 들지 않는 값")


APP = RequestLog(Starlette(routes=[Route("/page", page), Route("/fail", fail)]))


def test_lines_of_a_request_bear_its_name(tail: LogTail) -> None:
    answer: Answer = ask(APP, "/page?prefecture=22", x_request_id="from-the-proxy")
    inner, outer = (json.loads(line) for line in tail.lines)
    assert answer.headers["x-request-id"] == inner["request"] == outer["request"] == "from-the-proxy"
    assert (inner["level"], inner["message"]) == ("warning", "while it is made")
    assert (outer["method"], outer["path"], outer["status"]) == ("GET", "/page", 200)
    assert "prefecture" not in str(tail.lines)
    assert outer["ms"] >= 0


@pytest.mark.parametrize("name", ["a" * 65, 'x" injected', "줄", "a\nb"])
def test_a_name_that_is_no_plain_name_is_replaced(name: str, tail: LogTail) -> None:
    answer = ask(APP, "/page", x_request_id=name)
    assert answer.headers["x-request-id"] != name
    assert len(json.loads(tail.lines[0])["request"]) == 12


def test_a_failure_is_an_answer_and_its_trace_one_line(tail: LogTail) -> None:
    with pytest.raises(ValueError, match="값"):
        ask(APP, "/fail")
    assert json.loads(tail.lines[-1])["status"] == 500
    try:
        raise ValueError("two\nlines")
    except ValueError:
        logging.getLogger("sejong_dash.test").exception("it failed")
    line = tail.lines[-1]
    assert "\n" not in line
    assert "Traceback" in json.loads(line)["trace"]
    assert tail.counts["error"] == 1


def test_a_line_that_cannot_be_written_is_reported_and_fails_nobody(
    tail: LogTail, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    logger = logging.getLogger("sejong_dash.test")
    monkeypatch.setattr(logger, "propagate", False)  # pytest's own handler raises
    circle: dict[str, object] = {}
    circle["itself"] = circle
    logger.warning("%d rows", "many")
    logger.warning("a circle", extra={"fields": circle})
    logger.warning("it goes on")
    assert [json.loads(line)["message"] for line in tail.lines] == ["it goes on"]
    assert tail.counts["warning"] == 3
    assert capsys.readouterr().err.count("--- Logging error ---") == 2


def test_only_the_last_lines_are_kept(tail: LogTail) -> None:
    for number in range(9):
        logging.getLogger("sejong_dash.test").info("line %d", number)
    assert [json.loads(line)["message"] for line in tail.lines] == [f"line {number}" for number in range(4, 9)]
    assert tail.counts["info"] == 9


def test_the_file_gets_the_same_lines_and_is_downloaded_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "log" / "server.jsonl"
    monkeypatch.setenv("SEJONG_LOG", str(file))
    names = [*log_lines._LOGGERS, log_lines.ACCESS.name]
    before = {name: list(logging.getLogger(name).handlers) for name in names}
    for name in names:
        monkeypatch.setattr(logging.getLogger(name), "handlers", list(before[name]))
    monkeypatch.setattr(log_lines, "TAIL", LogTail())
    assert log_lines.begin() == file
    assert log_lines.begin() == file, "and nothing is written twice"
    logging.getLogger("sejong_dash.test").warning("집계")
    file.with_name("server.jsonl.1").write_bytes(b'{"message": "older"}\n')
    older, newer = log_lines.content().splitlines()
    assert json.loads(older)["message"] == "older"
    assert json.loads(newer)["message"] == "집계"


def test_a_file_that_cannot_be_written_is_no_reason_to_stop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "log").write_text("in the way", encoding="utf-8")
    monkeypatch.setenv("SEJONG_LOG", str(tmp_path / "log" / "server.jsonl"))
    for name in [*log_lines._LOGGERS, log_lines.ACCESS.name]:
        monkeypatch.setattr(logging.getLogger(name), "handlers", [])
    tail = LogTail()
    monkeypatch.setattr(log_lines, "TAIL", tail)
    assert log_lines.begin() is None
    logging.getLogger("sejong_dash.test").warning("it goes on")
    assert [json.loads(line)["message"] for line in tail.lines][-1] == "it goes on"
    assert b"it goes on" in log_lines.content()


def test_a_line_is_json_whatever_stands_in_it() -> None:
    record = logging.LogRecord("a", logging.INFO, "", 0, 'said "%s"', ("\x07\n한",), None)
    assert json.loads(JsonLines().format(record))["message"] == 'said "\x07\n한"'


def test_what_is_printed_moves_no_cursor_and_begins_no_line(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither in a message nor in the text of an error."""
    other = logging.StreamHandler()
    monkeypatch.setattr(logging.getLogger(), "handlers", [])
    for name in [*log_lines._LOGGERS, log_lines.ACCESS.name]:
        monkeypatch.setattr(logging.getLogger(name), "handlers", [other] if name == "streamlit" else [])
    monkeypatch.setattr(log_lines, "TAIL", LogTail())
    log_lines.begin()
    for name in ("sejong_dash.test", "streamlit"):
        try:
            raise ValueError("\x1b]0;제목\x07\n2026 Refused: nobody")
        except ValueError:
            logging.getLogger(name).exception("file %s", "이름\x1b[2J\r\u202e\u2028")
    printed = capsys.readouterr().err
    assert printed.count("이름\\x1b[2J\\r\\u202e\\u2028") == 2
    assert printed.count("\n    2026 Refused: nobody") == 2
    assert printed.replace("\n", "").isprintable()


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("/page", "/page"),
        ("/base/_stcore/upload_file/0a1b2c3d-4e5f-6071/99887766-5544", "/base/_stcore/upload_file/0a1b2c3d/99887766"),
        ("/_stcore/upload_file/0a1b2c3d-4e5f-6071", "/_stcore/upload_file/0a1b2c3d"),
    ],
)
def test_no_line_has_a_sessions_whole_number(path: str, shown: str, tail: LogTail) -> None:
    ask(APP, path)
    assert json.loads(tail.lines[-1])["path"] == shown
    assert "4e5f" not in str(tail.lines)


def test_warnings_of_our_own_are_printed(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logging.getLogger(), "handlers", [])
    for name in [*log_lines._LOGGERS, log_lines.ACCESS.name]:
        monkeypatch.setattr(logging.getLogger(name), "handlers", [])
    monkeypatch.setattr(log_lines, "TAIL", LogTail())
    log_lines.begin()
    logging.getLogger("sejong_dash.access.doors").warning("a refusal")
    logging.getLogger("sejong_dash.access.doors").info("less than that")
    log_lines.ACCESS.info("an answer")
    printed = capsys.readouterr().err
    assert printed.count("a refusal") == 1
    assert "less than that" not in printed
    assert "an answer" not in printed
