"""Writes the chip that says what the page's figures are, and the panel behind it.

The panel holds the switch of the sample, the plan with its history, the frozen version, and what is said of counts that are gone.
"""

from datetime import datetime
from html import escape
from typing import NamedTuple

from sejong_dash import errors, paths
from sejong_dash import words as wording
from sejong_dash.access import roles, viewer
from sejong_dash.choices import Choices
from sejong_dash.datasets.schema import last_good
from sejong_dash.errors import DashError, TableError
from sejong_dash.exhibits import defaults, gone_counts
from sejong_dash.exhibits.error_text import describe_problem
from sejong_dash.store import journal_check, missing_counts, queries, snapshot_list, snapshots
from sejong_dash.store.missing_counts import GoneCounts
from sejong_dash.ui.blocks import markup
from sejong_dash.words import Words

from . import available_choices, run_state, snapshot_choice

_LISTED = 10  # snapshots; the page of whoever runs the server has all of them


def status(chosen: Choices, words: Words, data: str, *, default_is_sample: bool) -> str:
    """Return the chip and its panel as HTML; `data` is the fingerprint of the tables."""
    found = missing_counts.find_unshown(chosen.data)
    shown, history = available_choices.plan_html(chosen, data, run_state.tables())
    changed = available_choices.decided_since(chosen, data, run_state.tables())
    frozen = _frozen(chosen, words, data) if chosen.data else None
    names = [words("basis.sample")] if chosen.sample else []
    names += [words("status.gone")] if found is not None else []
    kept = [] if chosen.data else [_kept(each, words) for each in last_good.troubles()]
    kept += [] if chosen.data else [_old_answer(each, words) for each in queries.troubled()]
    names += [words("status.kept")] if any(each.is_shown for each in kept) else []
    names += [frozen.name] if frozen else []
    names += [changed] if changed else []
    tone = "missing" if chosen.sample or kept or found is not None else "done" if frozen else ""
    body = [markup.band(words("sample_band"), words.lang)] if chosen.sample else []
    body += [markup.band(words.sentences(_gone(found, chosen, words)), words.lang)] if found is not None else []
    body += [markup.band(words.sentences(each.sentences), words.lang) for each in kept]
    body += [markup.band(words("journal.damaged"), words.lang)] if not chosen.data and _is_journal_damaged() else []
    body += [frozen.body] if frozen else []
    body += [_switch(chosen, words, default_is_sample), shown, f"<h3>{escape(words('plan_history'))}</h3>", history]
    may_freeze = not chosen.data and viewer.current().may(roles.FREEZE)
    body += [] if not may_freeze else [_button("freeze", words("frozen.freeze"), words("frozen.freeze_help"))]
    body += [_snapshots(chosen, words)]
    error = snapshot_choice.take_error()
    body += [markup.error(error, wording.of(errors.__file__, words.lang))] if error else []
    text = escape(words("dots").join(names) or words("status.counts"))
    is_open = " open" if error else ""
    return (
        f'<details class="sj-status {tone}"{is_open}><summary><span title="{text}">{text}</span></summary>'
        f'<div class="sj-panel">{"".join(body)}</div></details>'
    )


def _is_journal_damaged() -> bool:
    try:
        return journal_check.find() is not None
    except DashError:  # the page for data entry says why it cannot be read
        return False


class _Kept(NamedTuple):
    """What is said of a table that cannot be used as it is, and whether its last good state is shown."""

    sentences: list[str]
    is_shown: bool


def _kept(found: last_good.Trouble, words: Words) -> _Kept:
    """Say which table cannot be used since when and why, and what is shown in its place."""
    reason = describe_problem(found.error.problems[0], found.error.file, wording.of(errors.__file__, words.lang))
    sentences = [words("kept.since", file=found.file, **_moment(found.since, words)), reason]
    return _Kept([*sentences, *_shown_of(found.good_at, words)], found.good_at is not None)


def _old_answer(found: queries.Troubled, words: Words) -> _Kept:
    """Say why a query has no newer answer, and which one is shown."""
    answered_at = datetime.fromisoformat(found.standing.answered_at) if found.standing.answered_at else None
    reason = wording.of(errors.__file__, words.lang)(found.standing.problem, **(found.standing.fields or {}))
    return _Kept([reason, *_shown_of(answered_at, words)], answered_at is not None)


def _shown_of(when: datetime | None, words: Words) -> list[str]:
    return [words("kept.shown", **_moment(when, words))] if when else []


def _moment(when: datetime, words: Words) -> dict[str, str]:
    return {"date": words.date(when.date()), "time": f"{when:%H:%M}"}


def _snapshots(chosen: Choices, words: Words) -> str:
    """Return links to the snapshots of meetings, the newest first; blank where none is kept."""
    query = run_state.address()
    items = [
        markup.link(
            markup.address(query | {"data": each.version}),
            words("frozen.listed", name=each.name or each.version, **_moment(each.created_at, words)),
        )
        for each in snapshot_list.kept()[:_LISTED]
        if each.version != chosen.data
    ]
    listed = "".join(f"<li>{item}</li>" for item in items)
    return f"<h3>{escape(words('frozen.list'))}</h3><ul>{listed}</ul>" if items else ""


class _Frozen:
    """What the chip says of a frozen version, and what stands in the panel."""

    def __init__(self, name: str, body: str) -> None:
        self.name, self.body = name, body


def _frozen(choices: Choices, words: Words, data: str) -> _Frozen:
    """Return which frozen version the page shows, and whether anything has come in since."""
    live, thaw = defaults.state(), _button("thaw", words("frozen.thaw"), "")
    try:
        at = snapshots.created_at(choices.data)
    except DashError as error:  # somebody has removed the version meanwhile
        return _Frozen(words("status.frozen"), markup.error(error, wording.of(errors.__file__, words.lang)) + thaw)
    version = words("frozen.band", version=choices.data, date=words.date(at.date()), time=f"{at:%H:%M}")
    days = 0
    try:
        days = available_choices.days_changed_since(choices.data, choices.sample, data, live)
        since = (
            words("frozen.newer", days=words.number(days)) if days else words("frozen.other" if data != live else "frozen.same")
        )
    except TableError:
        since = words("frozen.other")
    name = words("status.newer", days=words.number(days)) if days else words("status.frozen")
    tone = "newer" if data != live else "kept"
    return _Frozen(name, markup.band(words.sentences([version, since]), words.lang, tone) + thaw)


def _gone(found: GoneCounts, choices: Choices, words: Words) -> list[str]:
    """Return sentences: that counts are gone and since when, what is shown instead, and where they are brought back."""
    desk = wording.of(paths.PAGES / "data", words.lang)("title")
    sentences = gone_counts.describe(found, words.lang)
    sentences += [] if choices.sample else [words("gone.not_invented")]
    return sentences if choices.data else [*sentences, words("gone.way", page=desk)]


def _switch(chosen: Choices, words: Words, default: bool) -> str:
    checked = " checked" if chosen.sample else ""
    return (
        f'<label class="sj-switch" title="{escape(words("basis_help.sample"))}"><input type="checkbox" data-choice="sample" '
        f'data-default="{str(default).lower()}"{checked}><span>{escape(words("choose.sample"))}</span></label>'
    )


def _button(act: str, text: str, help: str) -> str:
    return f'<button type="button" data-act="{act}" title="{escape(help)}">{escape(text)}</button>'
