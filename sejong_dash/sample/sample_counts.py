"""Invent the counts and bookings of a season, to be shown before the first real count.

The result repeats to the last digit: it uses whole numbers only, and random bits straight from the bit generator. NumPy
guarantees the bits of a seed, but not what its distributions make of them, and a logarithm may differ in its last digit
between machines.
"""

from datetime import date, timedelta

import numpy as np
import pandas as pd

STAGES = ("lead", "quoted", "booked", "paid")
UNKNOWN = ""  # the jis_code of visitors whose prefecture was not recorded

# Days after the first: a day without a report, and a day with a count that was corrected later.
UNREPORTED_DAY = 12
CORRECTED_DAY = 8
CORRECTION_KNOWN_ON_DAY = 17
CORRECTED_PLACE, CORRECTED_CHANNEL = "27", "group"
KNOWN_AT_FIRST_PCT = 40  # of the corrected count: the list of an agency had not arrived

SEASON_PCT_OF_GOAL = 98  # with the unreported day included: busy, but a little short

# Visitors of a day in percent of a plain weekday.
DAY_PCT = (100, 100, 100, 100, 106, 152, 130)  # Monday first
HOLIDAY_PCT = 155
# Golden Week does not follow the weekdays: people travel in its middle and go home on its last day.
GOLDEN_WEEK_PCT = {
    (4, 29): 165,
    (4, 30): 125,
    (5, 1): 140,
    (5, 2): 225,
    (5, 3): 255,
    (5, 4): 260,
    (5, 5): 230,
    (5, 6): 135,
}
GOLDEN_WEEK_HOLIDAYS = {(4, 29), (5, 3), (5, 4), (5, 5), (5, 6)}
BUDDHAS_BIRTHDAYS = {date(2026, 5, 24)}  # by the lunar calendar: a date for each year
RAMP_DAYS, RAMP_START_PCT = 14, 55
FINAL_DAYS, FINAL_PCT = 7, 128

# Visitors of a prefecture relative to its population: direct flights and short distances raise it.
PLAIN_PULL = 55
PULL = {
    "01": 130,
    "02": 65,
    "04": 70,
    "11": 70,
    "12": 85,
    "13": 75,
    "14": 75,
    "15": 70,
    "16": 65,
    "17": 75,
    "19": 75,
    "21": 65,
    "22": 85,
    "23": 130,
    "26": 90,
    "27": 110,
    "28": 100,
    "31": 95,
    "32": 85,
    "33": 90,
    "34": 95,
    "35": 105,
    "37": 100,
    "38": 95,
    "40": 230,
    "41": 150,
    "42": 120,
    "43": 120,
    "44": 115,
    "45": 85,
    "46": 90,
    "47": 150,
}
ROLE_PULL = {"garden": 95, "partner": 65}
UNKNOWN_PPM = 18_000

# Percent of a day's visitors by channel: schools and delegations come on working days, families on days off.
MIX_PCT = {
    "weekday": {"group": 46, "individual": 30, "exchange": 24},
    "saturday": {"group": 41, "individual": 53, "exchange": 6},
    "day_off": {"group": 36, "individual": 61, "exchange": 3},
}
# Smallest and largest party of a channel: a bus or a class comes whole or not at all.
PARTY = {"group": (18, 38), "individual": (1, 1), "exchange": (16, 42)}

# Bookings: requests of travel agencies and schools by week, from the prefectures with the most visitors.
BOOKINGS_OPEN_DAYS_BEFORE = 130
BOOKING_PREFECTURES = 12
LEAD_PCT_OF_EXPECTED = 160
REQUEST_PLACES = (40, 120)
SHORTEST_NOTICE_WEEKS = 1
STAGE_RULES = {  # from the stage before: requests that go on (pct), places they keep (pct), weeks in between
    "quoted": (84, (90, 100), (0, 2)),
    "booked": (86, (88, 100), (1, 3)),
    "paid": (93, (92, 100), (1, 5)),
}


def visitors(prefectures: pd.DataFrame, opens_on: date, closes_on: date, goal: int, seed: int) -> pd.DataFrame:
    """Invent the counts, with the days on which they became known; columns as datasets.visitors.Schema.

    `prefectures` has jis_code, population_2020, role; `goal` is in visitors. Rows of zero are left out; a day without any row
    was not reported.
    """
    cells = _expected(prefectures, opens_on, closes_on, goal)
    bits = np.random.default_rng([seed, 1]).bit_generator
    days = cells["day"].max() + 1
    weather = 84 + _draw(bits, days, 0, 16) + _draw(bits, days, 0, 16)
    chance = 65 + _draw(bits, len(cells), 0, 35) + _draw(bits, len(cells), 0, 35)
    expected = cells["thousandths"].to_numpy() * weather[cells["day"]] // 100 * chance // 100

    smallest = cells["channel"].map({name: low for name, (low, _) in PARTY.items()}).to_numpy()
    largest = cells["channel"].map({name: high for name, (_, high) in PARTY.items()}).to_numpy()
    party = _draw(bits, len(cells), smallest, largest)
    cells["visitors"] = _in_units(bits, expected, party * 1000) * party

    counted = cells[(cells["visitors"] > 0) & (cells["day"] != UNREPORTED_DAY)]
    counted = counted.assign(recorded_on=counted["date"])
    late = (
        (counted["day"] == CORRECTED_DAY) & (counted["jis_code"] == CORRECTED_PLACE) & (counted["channel"] == CORRECTED_CHANNEL)
    )
    known_on = pd.Timestamp(opens_on + timedelta(days=CORRECTION_KNOWN_ON_DAY))
    corrected = counted[late].assign(recorded_on=known_on)
    counted.loc[late, "visitors"] = counted.loc[late, "visitors"] * KNOWN_AT_FIRST_PCT // 100
    return (
        pd.concat([counted, corrected])
        .assign(basis="sample", source_id="sample")
        .sort_values(["recorded_on", "date", "jis_code", "channel"], ignore_index=True)
        .loc[:, ["date", "jis_code", "channel", "visitors", "recorded_on", "basis", "source_id"]]
    )


def bookings(prefectures: pd.DataFrame, opens_on: date, closes_on: date, goal: int, seed: int) -> pd.DataFrame:
    """Invent the places that reached a stage on `recorded_on` for a visit on `visit_on`; columns as datasets.bookings.Schema.

    A request that goes on is counted again at its next stage and never removed from the one before. So the running total of a
    stage is all that ever reached it, and no stage exceeds the one before.
    """
    known = _places(prefectures).query("jis_code != @UNKNOWN")
    strongest = known.nlargest(BOOKING_PREFECTURES, "ppm")["jis_code"]
    cells = _expected(prefectures, opens_on, closes_on, goal)
    cells = cells[cells["jis_code"].isin([*strongest, UNKNOWN]) & (cells["channel"] != "individual")]
    bits = np.random.default_rng([seed, 2]).bit_generator

    mean_request = sum(REQUEST_PLACES) * 1000 // 2
    wanted = cells["thousandths"].to_numpy() * LEAD_PCT_OF_EXPECTED // 100
    requests = cells.loc[cells.index.repeat(_in_units(bits, wanted, np.full(len(cells), mean_request)))]
    count = len(requests)
    first_week = pd.Timestamp(opens_on - timedelta(days=BOOKINGS_OPEN_DAYS_BEFORE))
    last_week = ((requests["date"] - first_week).dt.days // 7).to_numpy()

    # The later of two draws counts double: requests become more frequent towards the visit.
    spread = last_week - SHORTEST_NOTICE_WEEKS
    first, second = _draw(bits, count, 0, spread), _draw(bits, count, 0, spread)
    week = (first + second + np.maximum(first, second)) // 3
    places = _draw(bits, count, *REQUEST_PLACES)
    reached = [_stage(requests, "lead", week, places)]
    for stage, (going_on_pct, kept_pct, weeks) in STAGE_RULES.items():
        goes_on = _draw(bits, count, 1, 100) <= going_on_pct
        places = np.where(goes_on, places * _draw(bits, count, *kept_pct) // 100, 0)
        week = np.minimum(week + _draw(bits, count, *weeks), last_week)
        reached.append(_stage(requests, stage, week, places))

    rows = pd.concat(reached)
    rows["recorded_on"] = first_week + pd.to_timedelta(rows["week"] * 7, unit="D")
    rows["order"] = rows["stage"].map(STAGES.index)
    keys = ["recorded_on", "visit_on", "jis_code", "channel", "order", "stage"]
    rows = rows[rows["visitors"] > 0].groupby(keys, as_index=False)["visitors"].sum()
    return rows[["recorded_on", "visit_on", "jis_code", "channel", "stage", "visitors"]]


def _stage(requests: pd.DataFrame, stage: str, week: np.ndarray, places: np.ndarray) -> pd.DataFrame:
    named = requests[["date", "jis_code", "channel"]].rename(columns={"date": "visit_on"})
    return named.assign(stage=stage, week=week, visitors=places)


def _expected(prefectures: pd.DataFrame, opens_on: date, closes_on: date, goal: int) -> pd.DataFrame:
    """Return the expected visitors of each day, prefecture and channel, in thousandths, before chance."""
    season = goal * 1000 * SEASON_PCT_OF_GOAL // 100
    days = _days(opens_on, closes_on)
    days["of_day"] = season * days["weight"] // days["weight"].sum()
    mix = pd.DataFrame(
        [(kind, channel, pct) for kind, channels in MIX_PCT.items() for channel, pct in channels.items()],
        columns=["kind", "channel", "pct"],
    )

    cells = days.merge(_places(prefectures), how="cross").merge(mix, on="kind")
    # The prefecture of a school or a delegation is always known.
    cells = cells[(cells["jis_code"] != UNKNOWN) | (cells["channel"] != "exchange")]
    cells["thousandths"] = cells["of_day"] * cells["ppm"] // 1_000_000 * cells["pct"] // 100
    # The draws follow the rows: their order is part of the result.
    cells = cells.sort_values(["date", "jis_code", "channel"], ignore_index=True)
    return cells[["day", "date", "jis_code", "channel", "thousandths"]]


def _days(opens_on: date, closes_on: date) -> pd.DataFrame:
    length = (closes_on - opens_on).days + 1
    rows = []
    for number in range(length):
        day = opens_on + timedelta(days=number)
        month_day = (day.month, day.day)
        if month_day in GOLDEN_WEEK_HOLIDAYS or day in BUDDHAS_BIRTHDAYS or day.weekday() == 6:
            kind = "day_off"
        else:
            kind = "saturday" if day.weekday() == 5 else "weekday"
        plain = HOLIDAY_PCT if day in BUDDHAS_BIRTHDAYS else DAY_PCT[day.weekday()]
        weight = GOLDEN_WEEK_PCT.get(month_day, plain)
        weight *= RAMP_START_PCT + (100 - RAMP_START_PCT) * min(number, RAMP_DAYS) // RAMP_DAYS
        weight *= FINAL_PCT if number >= length - FINAL_DAYS else 100
        rows.append((number, pd.Timestamp(day), kind, weight))
    return pd.DataFrame(rows, columns=["day", "date", "kind", "weight"])


def _places(prefectures: pd.DataFrame) -> pd.DataFrame:
    pull = [
        PULL.get(code, PLAIN_PULL) + ROLE_PULL.get(role, 0)
        for code, role in zip(prefectures["jis_code"], prefectures["role"], strict=True)
    ]
    weight = prefectures["population_2020"].to_numpy(dtype=np.int64) * np.array(pull, dtype=np.int64)
    ppm = weight * (1_000_000 - UNKNOWN_PPM) // weight.sum()
    known = pd.DataFrame({"jis_code": prefectures["jis_code"].to_numpy(), "ppm": ppm})
    unknown = pd.DataFrame({"jis_code": [UNKNOWN], "ppm": [UNKNOWN_PPM]})
    return pd.concat([known, unknown], ignore_index=True)


def _draw(bits: np.random.BitGenerator, count: int, low: int | np.ndarray, high: int | np.ndarray) -> np.ndarray:
    """Return `count` random whole numbers from low to high, both inclusive."""
    raw = (bits.random_raw(int(count)) >> np.uint64(1)).astype(np.int64)
    return np.asarray(low + raw % (np.asarray(high, dtype=np.int64) - low + 1))


def _in_units(bits: np.random.BitGenerator, amount: np.ndarray, unit: np.ndarray) -> np.ndarray:
    """Return an amount in whole units, rounded up or down by chance so that small amounts are not lost."""
    return np.asarray((amount + _draw(bits, len(amount), 0, unit - 1)) // unit)
