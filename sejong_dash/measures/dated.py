"""Give projects and milestones their stage at the end of a day: past, under way, ahead, or known only as a plan."""

from collections.abc import Sequence
from datetime import date

import pandas as pd

from sejong_dash.basis import joined, weakest

from . import partners

EXPO = "expo"  # the lane of what belongs to the expo itself and to no project
EVERY = "all"  # the field of a project that belongs to every field
PLAN_ONLY = ("campaign_planned", "planned")  # statuses that report a plan, not that anything took place
STAGES = ("happened", "under_way", "planned", "ahead", "undated")


def stage(table: pd.DataFrame, only_planned: "pd.Series[bool]", as_of: date) -> pd.Series:
    """Return one of STAGES for each row of `table` (starts_on, ends_on) at the end of `as_of`; same index.

    What begins later is `ahead`. Of the rest, what is reported only as a plan (`only_planned`) stays `planned` however long ago
    its days are: nobody has reported that it took place. A row with an open start is ahead until its end is past, one with an
    open end is under way.
    """
    end_of = pd.Timestamp(as_of)
    starts, ends = table["starts_on"], table["ends_on"]
    found = pd.Series("happened", index=table.index, dtype="str")
    found = found.mask(ends.isna() | (ends > end_of), "under_way")
    found = found.mask(only_planned.astype(bool), "planned")
    found = found.mask((starts > end_of) | (starts.isna() & (ends > end_of)), "ahead")
    return found.mask(starts.isna() & ends.isna(), "undated")


def status(programme: pd.DataFrame, as_of: date) -> pd.Series:
    """Return the status of each project as known at the end of `as_of`; index as `programme`.

    A status that reports something done (proposed, promised, agreed, in_progress, held) is `ahead` where that begins later.
    """
    only_planned = programme["status"].isin(PLAN_ONLY)
    return programme["status"].mask(~only_planned & (stage(programme, only_planned, as_of) == "ahead"), "ahead")


def placed(milestones: pd.DataFrame, programme: pd.DataFrame) -> pd.DataFrame:
    """Return the milestones; where a milestone has no prefecture, it gets its project's."""
    home = programme.set_index("project_id")["jis_code"]
    return milestones.assign(jis_code=milestones["jis_code"].fillna(milestones["project_id"].map(home)))


def milestone_rows(
    milestones: pd.DataFrame, programme: pd.DataFrame, plan: pd.Series | None, lang: str, as_of: date
) -> pd.DataFrame:
    """Return every milestone with its project's fields, partner, prefecture, status and stage, in order of time.

    Columns: milestone_id, project_id, field, partner_id, partner, title, starts_on, ends_on, precision, jis_code, status, basis,
    source_id, stage. The days of the expo itself, from `plan`, are a row without milestone_id with the plan's title. `field` may
    hold several joined by `;`; it is EXPO where there is no project.
    """
    projects = programme.assign(partner_id=partners.codes(programme)).set_index("project_id")
    projects = projects[["field", "partner_id", f"partner_{lang}", "status"]].rename(columns={f"partner_{lang}": "partner"})
    rows = placed(milestones, programme).rename(columns={f"title_{lang}": "title"}).join(projects, on="project_id")
    only_planned = rows["status"].isin(PLAN_ONLY)
    columns = [
        "milestone_id",
        "project_id",
        "field",
        "partner_id",
        "partner",
        "title",
        "starts_on",
        "ends_on",
        "precision",
        "jis_code",
        "status",
        "basis",
        "source_id",
    ]
    rows = rows[columns]
    if plan is not None and pd.notna(plan["opens_on"]):
        expo = pd.DataFrame(
            [
                {
                    "title": plan[f"title_{lang}"],
                    "starts_on": plan["opens_on"],
                    "ends_on": plan["closes_on"],
                    "precision": plan["dates_precision"],
                    "basis": plan["basis"],
                    "source_id": plan["source_id"],
                }
            ],
            index=[-1],
        ).reindex(columns=columns)
        rows = pd.concat([expo.astype(rows.dtypes.to_dict()), rows])
        only_planned = only_planned.reindex(rows.index, fill_value=True)
    rows["field"] = rows["field"].fillna(EXPO)
    rows["stage"] = stage(rows, only_planned, as_of)
    return in_time(rows)


def beginning(rows: pd.DataFrame, prefecture: str | None, lang: str) -> pd.DataFrame:
    """Return what begins on each day: title (several joined by "; "), basis, source_id; index starts_on.

    Only rows known to the day from start to end count; with `prefecture`, only those of it or of no prefecture.
    """
    rows = rows[(rows["precision"] == "day") & rows["starts_on"].notna() & rows["ends_on"].notna()]
    if prefecture:
        rows = rows[rows["jis_code"].isna() | (rows["jis_code"] == prefecture)]
    by_day = rows.groupby("starts_on")
    title = by_day[f"title_{lang}"].agg("; ".join)
    return pd.DataFrame({"title": title, "basis": by_day["basis"].agg(weakest), "source_id": by_day["source_id"].agg(joined)})


def in_time(rows: pd.DataFrame) -> pd.DataFrame:
    """Return rows in order of starts_on, then ends_on; an open start is ordered by its end, and rows without dates are last."""
    first = rows["starts_on"].fillna(rows["ends_on"])
    return (
        rows.assign(_first=first).sort_values(["_first", "ends_on"], kind="stable").drop(columns="_first").reset_index(drop=True)
    )


def narrowed(rows: pd.DataFrame, field: str | None, prefecture: str | None, partner: str | None = None) -> pd.DataFrame:
    """Return the rows of a field (or of EVERY field), a prefecture and a partner (`partner_id`); None does not filter."""
    if field:
        rows = rows[rows["field"].str.split(";").map(lambda fields: field in fields or EVERY in fields).astype(bool)]
    if prefecture:
        rows = rows[(rows["jis_code"] == prefecture).fillna(False)]
    if partner:
        rows = rows[(rows["partner_id"] == partner).fillna(False)]
    return rows


def by_field(rows: pd.DataFrame, order: Sequence[str]) -> pd.DataFrame:
    """Return rows with a row of several fields repeated for each; fields in `order`, rows within a field in theirs."""
    each = rows.assign(field=rows["field"].str.split(";")).explode("field")
    place = {field: number for number, field in enumerate(order)}
    return each.sort_values("field", key=lambda fields: fields.map(place), kind="stable").reset_index(drop=True)


def first_contact(programme: pd.DataFrame, milestones: pd.DataFrame) -> pd.Series:
    """Return by project_id the milestone_id of the first contact with the project's partner in one of its fields; else blank.

    Only milestones of other projects that ended before this one begins count.
    """
    projects = programme.assign(partner_id=partners.codes(programme)).set_index("project_id")
    steps = in_time(milestones[milestones["project_id"].notna() & milestones["ends_on"].notna()])
    steps = steps.assign(
        partner_id=steps["project_id"].map(projects["partner_id"]), field=steps["project_id"].map(projects["field"])
    )
    found = {}
    for name, project in projects.iterrows():
        shared = steps["field"].str.split(";").map(set(project["field"].split(";")).intersection).astype(bool)
        others = steps[shared & (steps["partner_id"] == project["partner_id"]) & (steps["project_id"] != name)]
        earlier = others[others["ends_on"] < project["starts_on"]]
        found[name] = earlier["milestone_id"].iloc[0] if len(earlier) else None
    return pd.Series(found, dtype="str")
