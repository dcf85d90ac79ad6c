"""Show where the count stands at the end of as-of, what each day left must bring, and where the forecast ends."""

import pandas as pd

from sejong_dash.basis import joined, weakest
from sejong_dash.choices import Choices
from sejong_dash.datasets import Tables
from sejong_dash.measures.season.coming_week import more_pct
from sejong_dash.measures.season.forecast import Forecast
from sejong_dash.measures.season.forecasting.before_opening import before_opening
from sejong_dash.measures.season.outlook import outlook_of, reached_on
from sejong_dash.measures.season.pace import RECENT
from sejong_dash.measures.season.season import Season, season_of
from sejong_dash.words import Words

from . import Card

WIDTH = "9.5rem"
SAYS_ITS_MESSAGE = True  # the cards are the message: above them the reader need not see it a second time
_WITH_ANOTHER = {
    "gap_days",
    "alike",
    "recent_days",
    "low",
    "high",
    "lacking",
    "days_gone",
    "booked_low",
    "booked_high",
}  # shown in the text of another figure
_DAYS = {"gap_days", "days_left", "days_gone", "reached_on", "days_missing", "days_partial", "recent_days", "lacking"}
_A_DAY = {"needed", "recent", "alike"}


def table(choices: Choices, tables: Tables) -> pd.DataFrame:
    """Return one row for each figure that is known: figure, value, unit, day, basis, source_id.

    `gap` is against the plan curve, `gap_goal` against the goal once the expo is over. `day` stands where the figure is a date
    (reached_on: value is then the days from as-of until it). `alike` is what the level of the last seven days means on days of
    the kinds that are left. `lacking` comes once for each day whose counts are wanted where no verdict is given; figures that
    would judge the count are then left out. Before opening `booked` is the final count that bookings suggest, with its interval;
    no bookings, or no stage of which enough is due, are `no_bookings` or `too_early`.
    """
    now = season_of(tables, choices)
    if not len(now.days):
        return pd.DataFrame()
    rows: list[tuple[object, ...]] = [
        (figure, value, None, *origin) for figure, value, origin in _known_figures(now) if value is not None
    ]
    rows += _forecast_figures(now, outlook_of(tables, choices), tables.reference_seasons()) if now.has_counts else []
    rows += _before_figures(now, choices, tables) if now.pace.state == "before" else []
    of_counts = _origin(now, counts=True)
    rows += [("lacking", 1, pd.Timestamp(day), *of_counts) for day in now.lacking.split(";") if day]
    table = pd.DataFrame(rows, columns=["figure", "value", "day", "basis", "source_id"])
    units = ["days" if name in _DAYS else "visitors_per_day" if name in _A_DAY else "visitors" for name in table["figure"]]
    table.insert(2, "unit", units)
    return table.assign(value=table["value"].astype("float64").round(2), day=pd.to_datetime(table["day"]))


def _before_figures(now: Season, choices: Choices, tables: Tables) -> list[tuple[object, ...]]:
    """Return what bookings suggest before opening, or why there is nothing."""
    curve = tables.booking_curve()
    found = before_opening(tables.bookings(choices.sample), curve, now.days, choices.as_of, choices.prefecture)
    basis, source = ("sample", "sample") if choices.sample else ("reported", "bookings")
    if found.reason:
        return [(found.reason, 0, None, *_origin(now, plan=True))]
    origin = (weakest([basis, *curve["basis"]]), joined([source, *curve["source_id"]]))
    values = {"booked": found.median, "booked_low": found.low, "booked_high": found.high}
    return [(name, round(value), None, *origin) for name, value in values.items()]


def _origin(now: Season, *, counts: bool = False, plan: bool = False) -> tuple[str, str]:
    """Return basis and sources of a figure that stands on the counts, on the goal spread over the days, or on both."""
    counted = now.by_day.dropna(subset="visitors")
    bases, sources = (counted["basis"], counted["source_id"]) if counts else ((), ())
    return (now.basis(*bases), now.source(*sources)) if plan else (weakest(bases), joined(sources))


def _known_figures(now: Season) -> list[tuple[str, float | None, tuple[str, str]]]:
    """Return the figures at as-of with basis and sources; None where a figure is not known."""
    pace = now.pace
    of_counts, of_goal, both = _origin(now, counts=True), _origin(now, plan=True), _origin(now, counts=True, plan=True)
    of_plan = (now.plan["basis"], now.plan["source_id"])
    is_counted, is_open = now.has_counts, pace.days_left > 0
    is_judged = is_counted and not pace.is_withheld
    return [
        ("counted", pace.counted if is_counted else None, of_counts),
        ("due", pace.due if is_judged and is_open else None, of_goal),
        ("gap", pace.gap if is_counted and is_open else None, both),
        ("gap_goal", pace.gap_goal if is_counted and not is_open else None, both),
        ("gap_days", pace.gap_days if is_counted and is_open else None, both),
        ("days_gone", pace.days_gone, of_plan),
        ("days_left", pace.days_left, of_plan),
        ("needed", pace.needed if is_counted or not pace.days_gone else None, both if is_counted else of_goal),
        ("recent", pace.recent if is_judged and is_open else None, of_counts),
        ("recent_days", pace.recent_days if is_judged and is_open and pace.recent is not None else None, of_counts),
        ("alike", pace.alike if is_judged else None, of_counts),
        ("days_missing", pace.days_missing or None if is_counted else None, of_counts),
        ("days_partial", pace.days_partial or None if is_counted else None, of_counts),
    ]


def _forecast_figures(now: Season, forecast: Forecast, past: pd.DataFrame) -> list[tuple[object, ...]]:
    """Return the forecast for closing, and the day on which the goal was or will be reached."""
    both = _origin(now, counts=True, plan=True)
    if forecast.is_known:
        both = (weakest([both[0], now.weights_basis, *past["basis"]]), joined([both[1], now.weights_source, *past["source_id"]]))
    day = reached_on(now, forecast)
    rows: list[tuple[object, ...]] = []
    if day is not None:
        rows.append(("reached_on", (day - pd.Timestamp(now.as_of)).days, day, *both))
    if forecast.is_known and now.pace.days_left:
        figures = {"forecast": forecast.total, "low": forecast.low, "high": forecast.high}
        rows += [(name, value, None, *both) for name, value in figures.items()]
    return rows


def cards(table: pd.DataFrame, words: Words) -> list[Card]:
    """Return a card for each figure; what is missing or short in the warm colour, what is done or ahead in green."""
    values = table.drop_duplicates("figure").set_index("figure")["value"]
    shown = [_card(row, values, words) for row in table.to_dict("records") if row["figure"] not in _WITH_ANOTHER]
    return shown + _withheld_card(table, words)


def _card(row: dict[str, object], values: pd.Series, words: Words) -> Card:
    figure, value = str(row["figure"]), float(row["value"])  # type: ignore[arg-type]
    key = figure
    if figure in ("gap", "gap_goal"):
        key = f"{figure}_{'behind' if value < 0 else 'ahead'}"
    if figure == "reached_on" and value <= 0:
        key = "was_reached_on"
    if figure == "days_left" and not values["days_gone"]:
        key = "all_days"
    is_short = figure == "forecast" and "reached_on" not in values and "needed" in values
    tone = "missing" if is_short or key.endswith("_behind") or key in ("days_missing", "days_partial") else ""
    tone = "done" if key in ("gap_ahead", "gap_goal_ahead", "counted", "reached_on", "was_reached_on") else tone
    amount = words.day_month(row["day"]) if pd.notna(row["day"]) else words(f"value.{figure}", value=words.number(abs(value)))  # type: ignore[arg-type]
    return Card(
        title=words(
            f"figure.{key}", days=words.recently(int(values.get("recent_days", 0)), min(RECENT, int(values["days_gone"])))
        ),
        value=amount,
        text=_text(key, values, words),
        tone=tone,
        basis=str(row["basis"]),
        source_id=str(row["source_id"]),
    )


def _text(key: str, values: pd.Series, words: Words) -> str:
    if key in {"gap_behind", "gap_ahead"}:
        days = abs(values.get("gap_days", 0.0))
        return words(f"text.{key}", days=words.number(days, 1)) if days else words("text.gap_even")
    if key == "needed" and values.get("alike", 0) > 0 and values["needed"] > 0:
        more = words.increase(more_pct(values["needed"], values["alike"]) or 0)
        return words("text.needed_ratio", more=more, alike=words.number(values["alike"]))
    if key == "booked":
        return words("text.booked", low=words.number(values["booked_low"]), high=words.number(values["booked_high"]))
    if key == "forecast":
        return words("text.forecast", low=words.number(values["low"]), high=words.number(values["high"]))
    return words(f"text.{key}") if words.has(f"text.{key}") else ""


def _lacking(table: pd.DataFrame) -> str:
    return ";".join(f"{day:%Y-%m-%d}" for day in table.loc[table["figure"] == "lacking", "day"])


def _withheld_card(table: pd.DataFrame, words: Words) -> list[Card]:
    """Return a card that names the days whose counts a verdict needs, where there is none."""
    lacking = _lacking(table)
    if not lacking:
        return []
    row = table[table["figure"] == "lacking"].iloc[0]
    days = [pd.Timestamp(day).date() for day in lacking.split(";")]
    value = words("value.days_missing", value=words.number(len(days)))
    return [
        Card(
            words("figure.lacking"), value, words.day_spans(days), tone="missing", basis=row["basis"], source_id=row["source_id"]
        )
    ]


def message(table: pd.DataFrame, words: Words) -> str:
    """Return what the cards say in a sentence or two: the result after closing, the plan before the first count."""
    figures = table.drop_duplicates("figure").set_index("figure")
    values, days = figures["value"], figures["day"]
    if "counted" not in values:
        key = "message_plan" if values["days_left"] else "lacking.closed"
        return words(key, days=words.number(values["days_left"])) if values["days_left"] else words(key)
    counted = words.number(values["counted"])
    if lacking := _lacking(table):
        return words.sentences([words("message_so_far", counted=counted), words.withheld(lacking, int(values["days_gone"]))])
    if "gap_goal" in values:
        gap = words.number(abs(values["gap_goal"]))
        return words("message_short" if values["gap_goal"] < 0 else "message_reached", counted=counted, gap=gap)
    if "gap" not in values:
        return words("message_counted", counted=counted)
    if "reached_on" in values and values["reached_on"] <= 0:
        return words("message_done", counted=counted, date=words.date(days["reached_on"]))
    key, gap = "message_behind" if values["gap"] < 0 else "message_ahead", words.number(abs(values["gap"]))
    first = words(key, counted=counted, gap=gap, needed=words.number(values["needed"]))
    if "reached_on" in values:
        return first + words("message_falls", date=words.date(days["reached_on"]))
    return first + words("message_missed", total=words.number(values["forecast"])) if "forecast" in values else first
