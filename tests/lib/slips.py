"""Slips of a keeper's pen, and where each must be named."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Slip:
    """One slip in one table: what is replaced by what, and where it must be told."""

    code: str
    table: str
    old: str
    new: str
    line: int | None
    column: str | None
    found: str
    expected: str = ""

    def __str__(self) -> str:
        return f"{self.code}-{self.table}-{self.new[:24] or 'nothing'}"


_FIRST_COUNT = "2026-04-10,,group,20,2026-04-10,sample,sample"
_COUNTS = "date,jis_code,channel,visitors,recorded_on,basis,source_id\n"
_GOAL = "reports-2024,japan,,150000,at_least,reported,sejong-japan-2024\n"
_PART = "reports-2024,prefecture,{code:02},{visitors},,assumption,sejong-japan-2024\n"
_BOOKINGS = "recorded_on,visit_on,jis_code,channel,stage,visitors\n"
SLIPS = [
    Slip("missing_column", "goals", "plan_id,scope,", "plan_id,range,", 1, "scope", "plan_id, range, jis_code", "scope"),
    Slip("duplicate_column", "goals", ",source_id\n", ",source_id,visitors\n", 1, "visitors", "visitors"),
    Slip("row_length", "sample/visitors", _FIRST_COUNT, "2026-04-10,,group,1,200,2026-04-10,sample,sample", 2, None, "8", "7"),
    Slip("row_length", "goals", "japan,,150000,at_least,reported", "japan,,150000", 2, None, "5", "7"),
    Slip("row_length", "places", "36.48,127.29", "36,48,127.29", 2, None, "16", "15"),
    Slip("broken_quotes", "sample/visitors", _FIRST_COUNT, f'"{_FIRST_COUNT}', 2, None, ""),
    Slip("broken_quotes", "goals", "japan,,150000", 'japan,,"150000', 2, None, ""),
    Slip("broken_quotes", "goals", "japan,,150000", 'japan,,"150"000', 2, None, ""),
    Slip("control_character", "sample/visitors", ",group,20,", ",gro\x07up,20,", 2, "channel", "U+0007"),
    Slip("control_character", "goals", "150000", "150000\x0b", 2, "visitors", "U+000B"),
    Slip("control_character", "plans", "2026-04-10", "\x1f2026-04-10", 2, "opens_on", "U+001F"),
    Slip("control_character", "places", "세종시", "세\x85종\x00시", 2, "name_ko", "U+0085, U+0000"),
    Slip("control_character", "goals", "jis_code", "jis_\x02code", 1, "jis_code", "U+0002"),
    Slip("cell_too_long", "goals", "japan,,150000", f"japan,{'x' * 140_000},150000", 2, None, "", "131,072"),
    Slip("not_a_date", "plans", "2026-04-10", "2026.4.10", 2, "opens_on", "2026.4.10"),
    Slip("not_a_date", "plans", "2026-04-10", "2026-02-30", 2, "opens_on", "2026-02-30"),
    Slip("not_a_date", "plans", "2026-04-10", "2026-04-10 00:00", 2, "opens_on", "2026-04-10 00:00"),
    Slip("not_a_date", "plans", "2026-04-10", "0206-04-10", 2, "opens_on", "0206-04-10"),
    Slip("not_a_date", "plans", "2026-04-10", "２０２６-04-10", 2, "opens_on", "２０２６-04-10"),
    Slip("not_an_integer", "goals", "150000", '"150,000"', 2, "visitors", "150,000"),
    Slip("not_an_integer", "goals", "150000", "15만", 2, "visitors", "15만"),
    Slip("not_an_integer", "goals", "150000", "150000.0", 2, "visitors", "150000.0"),
    Slip("not_an_integer", "goals", "150000", "1" * 20, 2, "visitors", "1" * 20),
    Slip("not_an_integer", "prefectures", "5224614", "１２", 2, "population_2020", "１２"),
    Slip("not_a_number", "places", "36.48,127.29", "36°28′,127.29", 2, "lat", "36°28′"),
    Slip("not_a_number", "benchmarks", "290092", "29E4", 2, "value", "29E4"),
    Slip("not_allowed", "plans", ",planned,2024", ",running,2024", 2, "state", "running", "announced, postponed, planned"),
    Slip(
        "not_allowed",
        "goals",
        "at_least,reported",
        "at_least,rumour",
        2,
        "basis",
        "rumour",
        "sample, assumption, general, reported",
    ),
    Slip("not_allowed", "goals", ",at_least,", ",about,", 2, "bound", "about", "at_least"),
    Slip("not_allowed", "programme", ",held,", ",done,", 2, "status", "done", "campaign_planned, proposed, promised, agreed"),
    Slip("not_allowed", "plans", "2022-10-17,day", "2022-10-17,hour", 3, "decided_precision", "hour", "day, month, season, year"),
    Slip("wrong_code", "prefectures", "\n01,", "\n1,", 2, "jis_code", "1", "01 … 47"),
    Slip("wrong_code", "sample/visitors", "2026-04-10,01,exchange", "2026-04-10,48,exchange", 4, "jis_code", "48", "01 … 47"),
    Slip("wrong_form", "benchmarks", "2019-04,290092", "2019.04,290092", 2, "period", "2019.04", "2026-04-10/2026-05-24"),
    Slip("wrong_form", "benchmarks", "2019-04,290092", "2019-13,290092", 2, "period", "2019-13", "2026-05"),
    Slip(
        "wrong_form",
        "programme",
        "shizuoka-governor,garden,",
        "shizuoka-governor,gardens,",
        2,
        "field",
        "gardens",
        "garden; digital",
    ),
    Slip(
        "wrong_form", "plans", "reports-2024,2024-01-01", "reports 2024,2024-01-01", 2, "plan_id", "reports 2024", "A–Z a–z 0–9 -"
    ),
    Slip("out_of_range", "places", "36.48,127.29", "96.48,127.29", 2, "lat", "96.48", "33 … 39"),
    Slip("out_of_range", "goals", "150000", "-1", 2, "visitors", "-1", "≥ 0"),
    Slip("out_of_range", "prefectures", "5224614", "0", 2, "population_2020", "0", "> 0"),
    Slip("blank", "goals", "reports-2024,japan", "reports-2024,", 2, "scope", ""),
    Slip("blank", "plans", "2024년에 보도된 계획", "", 2, "title_ko", ""),
    Slip("blank", "sample/visitors", _FIRST_COUNT, "2026-04-10,,group,,2026-04-10,sample,sample", 2, "visitors", ""),
    Slip(
        "duplicate", "benchmarks", "arrivals-japan-2019-05", "arrivals-japan-2019-04", 3, "benchmark_id", "arrivals-japan-2019-04"
    ),
    Slip("duplicate", "prefectures", "\n02,", "\n01,", 3, "jis_code", "01"),
    Slip(
        "duplicate_row",
        "goals",
        "reports-2024,japan",
        "reports-2024,japan,,1,,reported,daejeon-2023\nreports-2024,japan",
        3,
        "scope",
        "japan",
    ),
    Slip("duplicate_row", "sample/visitors", _FIRST_COUNT, f"{_FIRST_COUNT}\n{_FIRST_COUNT}", 3, "date", "2026-04-10"),
    Slip(
        "duplicate_row",
        "visitors",
        _COUNTS,
        f"{_COUNTS}2026-04-10,,,1,,reported,\n2026-04-10,,,2,,reported,\n",
        3,
        "date",
        "2026-04-10",
    ),
    Slip("code_misplaced", "goals", "reports-2024,japan,,", "reports-2024,prefecture,,", 2, "jis_code", ""),
    Slip("code_misplaced", "goals", "reports-2024,japan,,", "reports-2024,japan,22,", 2, "jis_code", "22"),
    Slip(
        "parts_above_goal",
        "goals",
        _GOAL,
        _GOAL + "".join(_PART.format(code=code, visitors=60_000) for code in (21, 22, 25, 29)),
        5,
        "visitors",
        "60000",
    ),
    Slip(
        "parts_below_goal",
        "goals",
        _GOAL,
        _GOAL + "".join(_PART.format(code=code, visitors=3000) for code in range(1, 48)),
        49,
        "visitors",
        "3000",
    ),
    Slip("out_of_range", "booking_curve", "lead,120,2", "lead,120,201", 3, "share_pct", "201", "0 … 200"),
    Slip("duplicate_row", "booking_curve", "lead,90,", "lead,120,", 4, "days_before_opening", "120"),
    Slip("not_allowed", "booking_curve", "paid,105", "payed,105", 21, "stage", "payed", "lead, quoted, booked, paid"),
    Slip("unknown_reference", "goals", "reports-2024,japan", "reports-2042,japan", 2, "plan_id", "reports-2042"),
    Slip("unknown_reference", "goals", "reported,sejong-japan-2024", "reported,daejeon-2023;daejeon", 2, "source_id", "daejeon"),
    Slip("unknown_reference", "milestones", "quera-kaist,,2023", "quera,,2023", 3, "project_id", "quera"),
    Slip(
        "ends_before_start", "plans", "2026-05-24,day,planned,2024", "2026-04-09,day,planned,2024", 2, "closes_on", "2026-04-09"
    ),
    Slip("ends_before_start", "programme", "2023-11-02,2023-11-02", "2023-11-02,2023-11-01", 2, "ends_on", "2023-11-01"),
    Slip("ends_before_start", "milestones", "2020-11-04,2020-11-04", "2020-11-04,2020-11-03", 2, "ends_on", "2020-11-03"),
    Slip("precision_missing", "plans", "2026-05-24,day,planned,2024", "2026-05-24,,planned,2024", 2, "dates_precision", ""),
    Slip("precision_missing", "programme", "2023-11-02,2023-11-02,day", "2023-11-02,2023-11-02,", 2, "precision", ""),
    Slip("precision_missing", "sources", "2023-11-06,day", "2023-11-06,", 2, "precision", ""),
    Slip("precision_broken", "plans", "2024-01-01,year", "2024-01-02,year", 2, "decided_on", "2024-01-02"),
    Slip(
        "precision_broken", "plans", "2026-03-01,2026-05-31,season", "2026-03-02,2026-05-31,season", 4, "opens_on", "2026-03-02"
    ),
    Slip(
        "precision_broken", "plans", "2026-03-01,2026-05-31,season", "2026-03-01,2026-11-30,season", 4, "closes_on", "2026-11-30"
    ),
    Slip("precision_broken", "plans", "2026-03-01,2026-05-31,season", ",2026-05-30,season", 4, "closes_on", "2026-05-30"),
    Slip(
        "precision_broken",
        "milestones",
        "2023-10-01,2023-11-30,month",
        "2023-10-02,2023-11-30,month",
        4,
        "starts_on",
        "2023-10-02",
    ),
    Slip(
        "precision_broken", "milestones", "2023-10-01,2023-11-30,month", "2023-10-01,2023-11-29,month", 4, "ends_on", "2023-11-29"
    ),
    Slip("precision_broken", "programme", "2024-01-01,2024-12-31,year", "2024-01-01,2024-12-30,year", 3, "ends_on", "2024-12-30"),
    Slip("precision_broken", "sources", "2024-01-01,year", "2024-01-02,year", 3, "published_on", "2024-01-02"),
    Slip("recorded_too_early", "sample/visitors", "20,2026-04-10,", "20,2026-04-09,", 2, "recorded_on", "2026-04-09"),
    Slip(
        "recorded_too_late",
        "bookings",
        _BOOKINGS,
        f"{_BOOKINGS}2026-04-12,2026-04-10,,group,lead,20\n",
        2,
        "recorded_on",
        "2026-04-12",
    ),
    Slip("not_rising", "reference_seasons", ",0.4830,", ",0.0483,", 13, "cumulative_share", "0.0483"),
    Slip("not_rising", "reference_seasons", ",92,184,", ",8,184,", 11, "cumulative_share", "0.4017"),
    Slip("not_rising", "reference_seasons", ",184,184,", ",185,184,", 21, "cumulative_share", "1.0000"),
    Slip("out_of_range", "reference_seasons", ",1.0000,", ",100.00,", 21, "cumulative_share", "100.00", "0 … 1"),
]
