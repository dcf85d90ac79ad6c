"""Show the four figures of the first screen, each with a small picture: count, gap to the plan, forecast, next days."""

from collections.abc import Iterator
from typing import Literal, NamedTuple

import pandas as pd

from sejong_dash.basis import joined, weakest
from sejong_dash.choices import LAST_WEEK, Choices
from sejong_dash.datasets import Tables, snapshot
from sejong_dash.measures.season import chance, comparison
from sejong_dash.measures.season.coming_week import coming_week, more_pct
from sejong_dash.measures.season.forecast import Forecast
from sejong_dash.measures.season.outlook import outlook_of
from sejong_dash.measures.season.season import Season, season_of
from sejong_dash.words import Words

from . import Card, CardPicture

WIDTH = "9.5rem"
SAYS_ITS_MESSAGE = True
NARROWED_BY = ("against",)
_GAPS = ("gap_week", "gap_meeting", "gap", "gap_goal")
_MAIN = ("counted", "goal", *_GAPS, "days_to_opening", "lacking", "forecast", "mean", "week", "recent", "days_left")
_DAYS = {"gap_days", "unlike_days", "days_to_opening", "days_left", "lacking", "week_days", "recent_days"}
_PERCENT = {"share_pct", "chance_pct"}
_Rows = Iterator[tuple[str, float | None]]


class _Origin(NamedTuple):
    basis: str
    source_id: str


def table(choices: Choices, tables: Tables) -> pd.DataFrame:
    """Return one row for each figure that is known: figure, value, unit, bound, day, basis, source_id.

    No rows without dates to the day; without a goal those that need none. The figures of cards are those of _MAIN; the others
    stand in their texts and pictures. `gap_by_day` comes once for each day counted, with the gap to the plan curve at its end;
    `lacking` once for each day whose count is wanted where no verdict is given, and once without a day where nothing was counted.
    `gap_week` (the last seven days against the seven before) or `gap_meeting` (since a snapshot) come where they are asked for
    and known. `week` is what the next `week_days` days must bring, `week_alike` what they bring at the recent level.
    """
    now = season_of(tables, choices)
    if not len(now.days):
        return pd.DataFrame()
    seen = outlook_of(tables, choices)
    counted, past = now.by_day.dropna(subset="visitors"), tables.reference_seasons()
    stated = _Origin(now.basis(*counted["basis"]), now.source(*counted["source_id"]))
    with_past = _Origin(weakest([stated.basis, *past["basis"]]), joined([stated.source_id, *past["source_id"]]))
    groups = [
        (_counted(now), stated),
        (_compared(choices, now), stated),
        (_expected(now, seen), with_past),
        (_needed(now), stated),
    ]
    rows = [(name, value, pd.NaT, *origin) for figures, origin in groups for name, value in figures if value is not None]
    rows += [("gap_by_day", gap, day, *stated) for day, gap in _gaps(now)]
    rows += [("lacking", 1, pd.Timestamp(day), *stated) for day in now.lacking.split(";") if day]
    table = pd.DataFrame(rows, columns=["figure", "value", "day", "basis", "source_id"])
    units = ["days" if name in _DAYS else "percent" if name in _PERCENT else "visitors" for name in table["figure"]]
    table.insert(2, "unit", units)
    return table.assign(
        value=table["value"].astype("float64").round(2),
        bound=table["figure"].map({"goal": now.goal.bound if now.goal else None}),
        day=pd.to_datetime(table["day"]),
    )


def _counted(now: Season) -> _Rows:
    """Yield what was counted and where it stands; the goal alone where nothing was."""
    pace = now.pace
    yield "goal", pace.goal
    if not now.has_counts:
        yield "days_to_opening", None if pace.days_gone else (now.days[0] - pd.Timestamp(now.as_of)).days
        yield "lacking", pace.days_missing or None
        yield "days_left", pace.days_left or None
        return
    yield "counted", pace.counted
    yield "share_pct", pace.share_pct
    if pace.days_left:
        yield "due", None if pace.is_withheld else pace.due
        yield "gap", pace.gap
        yield "gap_days", pace.gap_days
    else:
        yield "gap_goal", pace.gap_goal
        full = now.by_day.loc[now.by_day["state"] == "counted", "visitors"]
        yield "mean", round(float(full.mean())) if len(full) else None
    if pace.goal is None and pace.days_left:
        yield "recent", pace.recent
        yield "recent_days", pace.recent_days or None
        yield "days_left", pace.days_left


def _compared(choices: Choices, now: Season) -> _Rows:
    """Yield the change that the reader asks for in place of the gap to the plan, where it is known."""
    if not now.has_counts or not now.pace.days_left:
        return
    if choices.against == LAST_WEEK:
        change = comparison.with_last_week(now.by_day, now.calendar.set_index("date")["day_type"])
        if change is not None:
            yield from (("gap_week", change.difference), ("this_week", change.now), ("last_week", change.before))
            yield "unlike_days", change.unlike or None
    elif choices.against:
        then = season_of(snapshot(choices.against), choices)
        change = comparison.Comparison(now.pace.counted, then.pace.counted if then.has_counts else 0)
        yield from (("gap_meeting", change.difference), ("at_meeting", change.before))


def _expected(now: Season, seen: Forecast) -> _Rows:
    """Yield the forecast for closing with its interval and the chance of reaching the goal."""
    if now.has_counts and seen.is_known and now.pace.days_left:
        yield from (("forecast", seen.total), ("low", seen.low), ("high", seen.high))
        yield "chance_pct", chance.chance_pct(chance.chance(seen, now.pace.goal))


def _needed(now: Season) -> _Rows:
    """Yield what the next days must bring, while the goal is not reached."""
    week = coming_week(now)
    if week.days and week.needed:
        yield from (("week", week.needed), ("week_days", week.days), ("week_alike", week.alike or None))


def _gaps(now: Season) -> list[tuple[pd.Timestamp, int]]:
    """Return the gap to the plan curve at the end of each day counted."""
    if now.curve is None or now.pace.is_withheld or not now.has_counts:
        return []
    counted = now.by_day.dropna(subset="visitors")
    gaps = counted["visitors"].astype("int64").cumsum() - counted["due"].astype("int64")
    return list(zip(counted["date"], gaps.tolist(), strict=True))


def cards(table: pd.DataFrame, words: Words) -> list[Card]:
    """Return a card for each main figure, at most four; the goal has none of its own once something is counted.

    All of them name the sources of the whole table, so that these stand once for the four.
    """
    values = table.drop_duplicates("figure").set_index("figure")["value"]
    makes_way = {"goal"} if "counted" in values else set()
    makes_way |= {"gap"} if {"gap_week", "gap_meeting"} & set(values.index) else set()
    shown = [name for name in _MAIN if name in values and name not in makes_way]
    return [_card(name, table, values, words) for name in shown[:4]]


def _card(name: str, table: pd.DataFrame, values: pd.Series, words: Words) -> Card:
    row = table[table["figure"] == name].iloc[0]
    value = float(row["value"])
    if name == "lacking":
        value = float(table.loc[table["figure"] == "lacking", "value"].sum())
    amount = words.signed(value) if name in _GAPS else words.number(value)
    days = words.number(values.get("recent_days" if name == "recent" else "week_days", 0))
    key = "first_week" if name == "week" and "counted" not in values else name
    key = "all_days" if name == "days_left" and "days_to_opening" in values else key
    unit = "lacking" if name == "lacking" else "days" if name in _DAYS else "visitors"
    return Card(
        title=words(f"figure.{key}", days=days),
        value=words.bounded(words(f"value.{unit}", value=amount), row["bound"]),
        text=_text(name, table, values, words),
        badge=_chance(values, words) if name == "forecast" else "",
        tone=_tone(name, values),
        picture=_picture(name, table, values),
        basis=weakest(table["basis"]),
        source_id=joined(table["source_id"]),
    )


def _tone(name: str, values: pd.Series) -> str:
    if name in ("gap", "gap_goal"):
        return "missing" if values[name] < 0 else "done"
    if name == "forecast" and "goal" in values:
        return {"late": "missing", "ahead": "done"}.get(chance.verdict(values["forecast"], values["goal"]), "")
    return "missing" if name == "lacking" else ""


def _text(name: str, table: pd.DataFrame, values: pd.Series, words: Words) -> str:
    match name:
        case "counted" if "share_pct" in values:
            return words("text.share", share=words.percent(values["share_pct"] / 100))
        case "gap":
            days = values.get("gap_days", 0.0)
            key = "text.even" if not days else "text.behind" if days < 0 else "text.ahead"
            return words(key, days=words.number(abs(days), 1))
        case "gap_week":
            key = "text.weeks_unlike" if "unlike_days" in values else "text.weeks"
            sums = {"now": words.number(values["this_week"]), "before": words.number(values["last_week"])}
            return words(key, **sums, days=words.number(values.get("unlike_days", 0)))
        case "gap_meeting":
            return words("text.meeting", before=words.number(values["at_meeting"]))
        case "forecast":
            return words("text.interval", low=words.number(values["low"]), high=words.number(values["high"]))
        case "week" if "week_alike" in values:
            more = more_pct(values["week"], values["week_alike"])
            return words("text.alike", alike=words.number(values["week_alike"]), more=words.increase(more or 0))
        case "lacking":
            days = table.loc[(table["figure"] == "lacking") & table["day"].notna(), "day"]
            return words("text.wanted", dates=words.day_spans(days.dt.date, most=2)) if len(days) else words("text.not_zero")
    return words(f"text.{name}") if words.has(f"text.{name}") else ""


def _chance(values: pd.Series, words: Words) -> str:
    """Return the chance of reaching the goal, blank where it is not known or the goal is reached."""
    is_open = "chance_pct" in values and values["counted"] < values["goal"]
    return words("chance", chance=words.chance(chance.band_of_pct(int(values["chance_pct"])))) if is_open else ""


def _picture(name: str, table: pd.DataFrame, values: pd.Series) -> CardPicture | None:
    match name:
        case "counted" if "goal" in values:
            return _drawn("progress", values["counted"], values.get("due", float("nan")), values["goal"])
        case "gap":
            gaps = table.loc[table["figure"] == "gap_by_day", "value"]
            return _drawn("line", *gaps) if len(gaps) > 1 else None
        case "gap_week":
            return _drawn("bars", values["this_week"], values["last_week"])
        case "forecast":
            return _drawn("interval", values["low"], values["forecast"], values["high"], values.get("goal", float("nan")))
        case "week" if "week_alike" in values:
            return _drawn("bars", values["week"], values["week_alike"])
    return None


def _drawn(kind: Literal["progress", "line", "interval", "bars"], *numbers: float) -> CardPicture:
    return CardPicture(kind, tuple(float(number) for number in numbers))


def message(table: pd.DataFrame, words: Words) -> str:
    """Return the figures as a text."""
    return words.sentences(_sentence(card, words) for card in cards(table, words))


def _sentence(card: Card, words: Words) -> str:
    text = words("dots").join(filter(None, (card.text, card.badge)))
    if not text:
        return words("message_plain", title=card.title, value=card.value)
    return words("message_full", title=card.title, value=card.value, text=text)
