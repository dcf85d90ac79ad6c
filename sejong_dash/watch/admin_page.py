"""Writes the pages that the server itself shows: how it is, for whoever runs it; and that it is full, for whoever comes then."""

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.datastructures import Headers, QueryParams

from sejong_dash import errors, theme
from sejong_dash import words as wording
from sejong_dash.datasets.schema import last_good
from sejong_dash.errors import DashError
from sejong_dash.exhibits.error_text import describe_error, describe_problem
from sejong_dash.serving.sessions.session_door import WAIT
from sejong_dash.store import queries, snapshot_list

from .log_lines import TAIL
from .metrics import Metric
from .readiness import Readiness

_LINES = 200  # of the log that are shown; all of it can be downloaded


def language(asked: str, accepted: str) -> str:
    """Return the language of a page: the one that the address names, else the first that the browser accepts, else Korean."""
    tags = [asked, *(offer.partition(";")[0].strip()[:2] for offer in accepted.lower().split(","))]
    return next((tag for tag in tags if tag in wording.LANGUAGES), wording.LANGUAGES[0])


def page(readiness: Readiness, figures: list[Metric], lang: str, *, may_change: bool) -> bytes:
    """Return the page of whoever runs the server; one who `may_change` snapshots gets what that needs."""
    words = wording.of(__file__, lang)
    rows = [
        (metric.name, ", ".join(value for _, value in labels), words.number(value), metric.meaning)
        for metric in figures
        for labels, value in metric.values.items()
    ]
    changed = readiness.changed_at
    return _render(
        "admin.html",
        lang,
        state=words(f"state.{readiness.state}"),
        tables=[_trouble(each, lang) for each in last_good.troubles()] + [_old_answer(each, lang) for each in queries.troubled()],
        store=words("store_writable" if readiness.is_writable else "store_closed"),
        journal={"sound": "", "store_unread": words("journal.unread")}.get(readiness.journal, words("journal.damaged")),
        last_day=readiness.last_day or words("unknown"),
        changed_at=f"{words.date(changed.date())} {changed:%H:%M}" if changed else words("unknown"),
        figures=rows,
        snapshots=[
            (each.version, each.name, f"{words.date(each.created_at.date())} {each.created_at:%H:%M}", words.number(each.size))
            for each in snapshot_list.kept()
        ],
        log=list(TAIL.lines)[-_LINES:][::-1],
        languages=wording.LANGUAGE_NAMES,
        may_change=may_change,
    )


def full_page(headers: Headers, query: bytes) -> bytes:
    """Return the page that says that the server is full, and asks again by itself."""
    asked = QueryParams(query).get("lang", "")
    return _render("full.html", language(asked, headers.get("accept-language", "")), seconds=WAIT)


def change_snapshot(version: str, act: str, name: str, lang: str) -> str:
    """Rename or delete a snapshot; return why it cannot be done, blank where it was."""
    try:
        if act == "delete":
            snapshot_list.delete(version)
        else:
            snapshot_list.rename(version, name)
    except DashError as error:
        sentences = wording.of(errors.__file__, lang)
        return sentences.sentences(describe_error(error, sentences).sentences)
    return ""


def _trouble(found: last_good.Trouble, lang: str) -> str:
    return describe_problem(found.error.problems[0], found.file, wording.of(errors.__file__, lang))


def _old_answer(found: queries.Troubled, lang: str) -> str:
    return wording.of(errors.__file__, lang)(found.standing.problem, **(found.standing.fields or {}))


def _render(template: str, lang: str, **context: object) -> bytes:
    words = wording.of(__file__, lang)
    context |= {"words": words, "event": wording.shared(lang)("event")}
    context |= {"fonts": theme.FONTS[lang], "colours": theme.own_page_colours()}
    return _environment().get_template(template).render(context).encode()


@cache
def _environment() -> Environment:
    loader = FileSystemLoader(Path(__file__).with_name("templates"))
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True)
