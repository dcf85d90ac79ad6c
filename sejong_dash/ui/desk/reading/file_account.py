"""Show what was changed or dropped between a file and its table, the worst first, and the check sum of its numbers."""

from collections.abc import Sequence
from dataclasses import replace
from html import escape

from sejong_dash import words as wording
from sejong_dash.exhibits import narrowing
from sejong_dash.intake import CellChange, Checksum, Finding, Intake, ReadingChange, SumDifference
from sejong_dash.intake.reading_account import CHANGED, IN_DOUBT, REWRITTEN
from sejong_dash.ui.blocks import markup
from sejong_dash.ui.browser import asset
from sejong_dash.ui.desk import count_tables
from sejong_dash.words import Words

from . import finding_text

_LOOKS = {IN_DOUBT: "doubt", CHANGED: "changed", REWRITTEN: "rewritten"}
_MOST_PLACES = 3  # of a change; its count says how many there are
_MOST_LINES = 5


def html(read: Intake, lang: str) -> str:
    """Return both side by side, where there is room; blank where nothing could be read."""
    words = wording.of(__file__, lang)
    parts = [_changes(read, words), _checksum(read, read.checksum, words) if read.checksum else ""]
    body = f'<style>{asset("file_account.css")}</style><div class="sj-account">{"".join(parts)}</div>'
    return markup.wrap(body, lang) if any(parts) else ""


def corrected(first: Intake, now: Intake) -> Intake:
    """Return `now`, the file since its rows were corrected, with what of its changes is left and with a check sum."""
    left: dict[str, set[int | None]] = {}
    for finding in (*now.errors, *now.notices):
        left.setdefault(finding.code, set()).add(finding.row)
    changes = [change for change in first.changes if change.severity != IN_DOUBT]
    for change in reversed([change for change in first.changes if change.severity == IN_DOUBT and change.kind in left]):
        lines = left[change.kind]
        cells = tuple(cell for cell in change.cells if cell.line in lines)
        changes.insert(0, replace(change, count=len(lines), cells=cells))
    if first.checksum is None:
        return replace(now, changes=tuple(changes))
    understood = int(now.rows["visitors"].sum())
    more = understood - first.checksum.sum_understood
    differences = (*first.checksum.differences, *([SumDifference("corrected", more, 0)] if more else []))
    return replace(
        now, changes=tuple(changes), checksum=replace(first.checksum, sum_understood=understood, differences=differences)
    )


def sums(checksum: Checksum, lang: str) -> str:
    """Return the two sums in a sentence; blank where they are the same."""
    words = wording.of(__file__, lang)
    if not checksum.differences:
        return ""
    return words("sums", stands=_number(checksum.sum_as_it_stands, words), understood=words.number(checksum.sum_understood))


def _changes(read: Intake, words: Words) -> str:
    by_code: dict[str, list[Finding]] = {}
    for finding in (*read.errors, *read.notices):
        by_code.setdefault(finding.code, []).append(finding)
    rows = ""
    for change in read.changes:
        findings = by_code.get(change.kind, [])
        if change.severity == IN_DOUBT or not all(finding_text.is_own(finding, words.lang) for finding in findings):
            rows += _change(change, findings, words)
    if not rows:
        return f'<section role="status"><h4>{escape(words("changes"))}</h4><p>{escape(words("unchanged"))}</p></section>'
    return f'<section role="status"><h4>{escape(words("changes"))}</h4><ul class="sj-changes">{rows}</ul></section>'


def _change(change: ReadingChange, findings: Sequence[Finding], words: Words) -> str:
    """A kind of change: how bad, how often, what, and its first places."""
    findings = [finding for finding in findings if not finding_text.is_own(finding, words.lang)] or findings
    text = finding_text.describe(findings[0], words.lang) if findings else ""
    look = _LOOKS[change.severity]
    places = [place for place in (_place(cell, words) for cell in change.cells) if place]
    more = change.count - len(places[:_MOST_PLACES])
    shown = words("join").join(
        [*places[:_MOST_PLACES], *([words("more", count=words.number(more))] if places and more > 0 else [])]
    )
    return (
        f'<li class="{look}"><strong>{escape(words(f"look.{look}", count=words.number(change.count)))}</strong> {escape(text)}'
        f"{f' <small>{escape(shown)}</small>' if shown else ''}</li>"
    )


def _place(cell: CellChange, words: Words) -> str:
    """Where a change is, and what stood there and stands now; blank for the file as a whole."""
    if cell.line is None:
        return ""
    labels = count_tables.words(words.lang)
    where = words("row", line=cell.line)
    where = words("cell", row=where, column=labels(f"columns.{cell.column}")) if cell.column else where
    if not cell.before:
        return where
    after = narrowing.channel_name(cell.after, labels) if cell.column == "channel" else cell.after
    if after == cell.before:
        return ""
    return words("became" if after else "stood", where=where, before=cell.before, after=after)


def _checksum(read: Intake, checksum: Checksum, words: Words) -> str:
    """The sum of the file's numbers, what each reason adds or takes away, and the sum that was understood."""
    rows = [(words("stands"), _number(checksum.sum_as_it_stands, words), "")]
    for difference in checksum.differences:
        lines = words("join").join(str(line) for line in difference.lines[:_MOST_LINES])
        where = words("rows", lines=lines + "…" * (len(difference.lines) > _MOST_LINES)) if lines else ""
        amount = words.signed(difference.amount, _digits(difference.amount))
        rows.append((_reason(difference.kind, read, words), amount, where))
    rows.append((words("understood"), words.number(checksum.sum_understood), ""))
    body = "".join(
        f"<tr><th scope=row>{escape(name)}{f'<small>{escape(where)}</small>' if where else ''}</th><td>{escape(number)}</td></tr>"
        for name, number, where in rows
    )
    has_unread = any(
        error.column == "visitors" for error in read.errors
    )  # such cells are in neither sum, and no sum is sound yet
    look = "differs" if checksum.differences or has_unread else "same"
    verdict = f'<p class="{look}">{escape(words(look if checksum.differences or not has_unread else "unread"))}</p>'
    return f"<section><h4>{escape(words('checksum'))}</h4><table>{body}</table>{verdict}</section>"


def _reason(kind: str, read: Intake, words: Words) -> str:
    """Why numbers of the file are not in the sum: in short, or as the first finding of this kind says it."""
    if words.has(f"reason.{kind}"):
        return words(f"reason.{kind}")
    first = next((finding for finding in (*read.errors, *read.notices) if finding.code == kind), None)
    return finding_text.describe(first, words.lang) if first else words("reason.other")


def _number(value: float, words: Words) -> str:
    return words.number(value, _digits(value))


def _digits(value: float) -> int:
    """One decimal where a number of the file is no whole one."""
    return 0 if float(value).is_integer() else 1
