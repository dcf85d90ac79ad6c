"""Writes the log as JSON lines with the request and the session that each belongs to.

The last lines are kept in memory for the page of whoever runs the server. `$SEJONG_LOG` names a file that gets them too, and
`$SEJONG_LOG_FORMAT=json` turns what the server prints into the same lines.
"""

import json
import logging
import os
import re
import time
from collections import Counter, deque
from contextvars import ContextVar
from datetime import datetime
from logging.handlers import RotatingFileHandler
from pathlib import Path

from sejong_dash import clock
from sejong_dash.serving import session_name

LINES = 5_000  # kept in memory
_FILE_BYTES, _FILES = 10_000_000, 5
# Besides what a console obeys, what ends a line elsewhere, and what turns the direction of reading.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_LOGGERS = ("sejong_dash", "streamlit", "uvicorn.error")
ACCESS = logging.getLogger("sejong_dash.answers")  # not that of a package, whose lines it would keep from being printed
request_id: ContextVar[str] = ContextVar("request_id", default="")


class JsonLines(logging.Formatter):
    """Formats a record as one JSON object: time, level, logger, message; request, session and trace where there are any."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line, without its end."""
        entry: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, clock.ZONE).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        entry |= {name: value for name in ("request", "session") if (value := getattr(record, name, ""))}
        entry |= getattr(record, "fields", {})
        if record.exc_info:
            entry["trace"] = self.formatException(record.exc_info)
        return json.dumps(entry, ensure_ascii=False, default=str)


class PlainLines(logging.Formatter):
    """Formats as another formatter does, with control characters as their codes and later lines of a record set in, so that no
    text of somebody else moves a console's cursor or looks like a line of its own."""

    def __init__(self, inner: logging.Formatter) -> None:
        super().__init__()
        self._inner = inner

    def format(self, record: logging.LogRecord) -> str:
        """Return the lines of a record."""
        return _CONTROL.sub(lambda found: ascii(found[0])[1:-1], self._inner.format(record)).replace("\n", "\n    ")


class LogTail(logging.Handler):
    """Keeps the last lines and counts all by their level."""

    def __init__(self, most: int = LINES) -> None:
        super().__init__()
        self.setFormatter(JsonLines())
        self.lines: deque[str] = deque(maxlen=most)
        self.counts: Counter[str] = Counter()
        self.began = time.time()

    def emit(self, record: logging.LogRecord) -> None:
        """Take a record; one that cannot be written as a line is reported on stderr, as every handler does."""
        self.counts[record.levelname.lower()] += 1
        try:
            line = self.format(record)
        except Exception:
            self.handleError(record)  # prints it whole: whoever logs must not fail by it
            return
        self.lines.append(line)


TAIL = LogTail()


def name_origin(record: logging.LogRecord) -> bool:
    """Note in a record the request and the session during which it came; every record passes."""
    if not hasattr(record, "request"):
        record.request, record.session = request_id.get(), session_name.current()
    return True


def begin() -> Path | None:
    """Write the log so from now on, and return its file, if it has one. Calling it again changes nothing.

    A file that cannot be written is logged; the server goes on without it.
    """
    path = log_file()
    handlers: list[logging.Handler] = [TAIL]
    for name in _LOGGERS:
        logger = logging.getLogger(name)
        if TAIL in logger.handlers:
            return path
        for handler in logger.handlers:
            _format_printed(handler, handler.formatter or logging.Formatter())
    if path is not None:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            handlers.append(RotatingFileHandler(path, maxBytes=_FILE_BYTES, backupCount=_FILES, encoding="utf-8"))
        except OSError as error:
            logging.getLogger(__name__).warning("The log cannot be written to its file: %s", error)
            path = None
    own = logging.getLogger("sejong_dash")
    if own.level == logging.NOTSET:
        own.setLevel(logging.INFO)
    for name in _LOGGERS:
        if not logging.getLogger(name).hasHandlers():  # Python prints warnings of such a logger, and it will have one
            logging.getLogger(name).addHandler(_printing())
    ACCESS.propagate = False  # what is printed would be a line for each file that a page loads
    for handler in handlers:
        handler.setFormatter(JsonLines())
        handler.addFilter(name_origin)
        for name in (*_LOGGERS, ACCESS.name):
            logging.getLogger(name).addHandler(handler)
    return path


def _printing() -> logging.Handler:
    """Return what prints warnings and errors, as Streamlit prints its own."""
    handler = logging.StreamHandler()
    handler.setLevel(logging.WARNING)
    plain = logging.Formatter("%(asctime)s.%(msecs)03d %(message)s", "%Y-%m-%d %H:%M:%S")
    _format_printed(handler, plain)
    return handler


def _format_printed(handler: logging.Handler, plain: logging.Formatter) -> None:
    """Have a handler print as `$SEJONG_LOG_FORMAT` says: JSON lines, or `plain` without control characters."""
    is_json = os.environ.get("SEJONG_LOG_FORMAT", "") == "json"
    handler.setFormatter(JsonLines() if is_json else PlainLines(plain))
    handler.addFilter(name_origin)


def log_file() -> Path | None:
    """Return the file that `$SEJONG_LOG` names; None where it names none."""
    named = os.environ.get("SEJONG_LOG", "")
    return Path(named).expanduser().resolve() if named else None


def content() -> bytes:
    """Return all that is kept of the log, the oldest lines first: its files, or what is in memory."""
    path = log_file()
    if path is None or not path.exists():
        return "".join(f"{line}\n" for line in list(TAIL.lines)).encode()
    parts = [path.with_name(f"{path.name}.{number}") for number in range(_FILES, 0, -1)]
    return b"".join(part.read_bytes() for part in [*parts, path] if part.exists())
