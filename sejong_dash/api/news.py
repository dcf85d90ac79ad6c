"""Answers what has changed in the counts since a viewer last looked: `/news?since=…`.

The browser keeps when it looked last (ui/browser/news.js); nothing about a viewer is kept here.
"""

from datetime import datetime
from functools import partial
from typing import NamedTuple

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from sejong_dash import clock
from sejong_dash import words as wording
from sejong_dash.datasets import Tables, snapshot
from sejong_dash.errors import AddressError, Problem
from sejong_dash.measures import goal, plan
from sejong_dash.measures.season import counts_as_of
from sejong_dash.measures.season.passed_marks import MARKS
from sejong_dash.store import history
from sejong_dash.store.counts_csv import KEY
from sejong_dash.words import LANGUAGES, Words

from .work_queue import WorkQueue

QUEUE = WorkQueue(workers=1, waiting=1000, seconds=1)


class News(NamedTuple):
    """How the counts have changed: days that are new, figures that were corrected or removed, visitors more, marks passed."""

    days: int
    corrected: int
    removed: int
    visitors: int
    marks: tuple[int, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing has changed."""
        return not (self.days or self.corrected or self.removed)


async def respond(request: Request) -> Response:
    """Return `now`, the time to ask with next, and `text`, what has changed since; blank where nothing has, or at a first visit.

    Raises QueueFullError and DashError.
    """
    since, lang = request.query_params.get("since", ""), request.query_params.get("lang", LANGUAGES[0])
    if lang not in LANGUAGES:
        raise AddressError([Problem("not_allowed", column="lang", expected=", ".join(LANGUAGES), found=lang)])
    now = clock.now().isoformat(timespec="seconds")
    text = await QUEUE.run(partial(_text, since, lang)) if since else ""
    return JSONResponse({"now": now, "text": text}, headers={"Cache-Control": "no-store"})


def _text(since: str, lang: str) -> str:
    try:
        at = datetime.fromisoformat(since)
    except ValueError:
        raise AddressError([Problem("not_a_date", column="since", expected="YYYY-MM-DDThh:mm:ss", found=since)]) from None
    news = since_then(at.replace(tzinfo=None), snapshot())
    words = wording.of(__file__, lang)
    return "" if news.is_empty else describe(news, at, words)


def since_then(at: datetime, tables: Tables) -> News:
    """Return what the journal has after a time. Raises TableError and DashError."""
    changes = [change for change in history.history() if change.kind != "begun" and change.when.replace(tzinfo=None) > at]
    if not changes:
        return News(0, 0, 0, 0)
    figures = history.figure_history()
    figures = figures[figures["change"].isin([change.number for change in changes])]
    before, after = (figures[name].fillna(0).sum() for name in ("before", "after"))
    # the last change comes first; of a figure that was changed more than once, its first state and its last one count
    key = list(KEY)
    latest = figures.drop_duplicates(key, keep="first").set_index(key)
    latest = latest.assign(before=figures.drop_duplicates(key, keep="last").set_index(key)["before"])
    was, is_there = latest["before"].notna(), latest["after"].notna()
    days = latest.index[~was & is_there].get_level_values("date").nunique()
    corrected = int((was & is_there & (latest["before"] != latest["after"])).sum())
    more = int(after - before)
    return News(days, corrected, int((was & ~is_there).sum()), more, _marks(tables, more))


def _marks(tables: Tables, more: int) -> tuple[int, ...]:
    """Return the shares of the goal, in percent, that the last `more` visitors have passed."""
    plans = tables.plans()
    chosen = next(iter(plans["plan_id"]), "")
    wanted = goal.goal_for(tables.goals(), chosen, tables.prefectures()) if chosen else None
    days = plan.days(plan.chosen(plans, chosen)) if chosen else ()
    if wanted is None or not wanted.visitors or not len(days):
        return ()
    counts = counts_as_of.known(tables.visitors(False), clock.today())
    total = int(counts.loc[counts["date"].isin(days), "visitors"].sum())
    return tuple(mark for mark in MARKS if total - more < wanted.visitors * mark / 100 <= total)


def describe(news: News, at: datetime, words: Words) -> str:
    """Return the news in a line."""
    parts = [words("days", days=words.number(news.days))] if news.days else []
    parts += [words("visitors", visitors=words.signed(news.visitors))] if news.visitors else []
    parts += [words("corrected", count=words.number(news.corrected))] if news.corrected else []
    parts += [words("removed", count=words.number(news.removed))] if news.removed else []
    parts += [words("passed", mark=words.number(mark)) for mark in news.marks[-1:]]
    return words("since", date=words.day_month(at.date()), time=f"{at:%H:%M}", news=words("dots").join(parts))
