"""Draw the partners of Sejong by field, each project with a mark of its status."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from sejong_dash import theme
from sejong_dash.choices import Choices
from sejong_dash.datasets import Tables
from sejong_dash.datasets.schema.columns import FIELDS
from sejong_dash.layout import text_width
from sejong_dash.measures import dated, partners
from sejong_dash.words import Words

_NAME = 12.0  # em that a partner's name may be wide on a phone
_LETTER, _LINE, _DOT = 12, 15, 18  # px
_KEY, _KEYS_ACROSS = 20, 3  # px of a row of the key; how many stand in a row beside the menus on a small laptop
# From a proposal to a fact the symbol grows and fills, so that colour is never needed to distinguish them.
_LOOKS: dict[str, dict[str, Any]] = {
    "campaign_planned": {"symbol": "circle-open", "size": 9, "color": theme.MISSING, "line": {"width": 2}},
    "proposed": {"symbol": "diamond-open", "size": 11, "color": theme.MISSING, "line": {"width": 2}},
    "promised": {"symbol": "diamond", "size": 12, "color": theme.PLAN},
    "agreed": {"symbol": "triangle-up", "size": 12, "color": theme.PLAN},
    "planned": {"symbol": "square-open", "size": 11, "color": theme.PLAN, "line": {"width": 2}},
    "in_progress": {"symbol": "circle", "size": 14, "color": theme.DONE},
    "held": {"symbol": "square", "size": 13, "color": theme.DONE},
    "ahead": {"symbol": "x-thin-open", "size": 9, "color": theme.MUTED, "line": {"width": 2}},
}


def table(choices: Choices, tables: Tables) -> pd.DataFrame:
    """Return one row for each project and field.

    Columns: field, project_id, partner, jis_code, status (`ahead` for what begins after as-of), summary, starts_on, ends_on,
    precision, basis, source_id.
    """
    rows = tables.programme()
    rows = rows.assign(
        partner=rows[f"partner_{choices.lang}"],
        partner_id=partners.codes(rows),
        summary=rows[f"summary_{choices.lang}"],
        status=dated.status(rows, choices.as_of),
    )
    rows = dated.by_field(dated.narrowed(rows, choices.field, choices.prefecture, choices.partner), FIELDS)
    rows = rows[
        [
            "field",
            "project_id",
            "partner",
            "jis_code",
            "status",
            "summary",
            "starts_on",
            "ends_on",
            "precision",
            "basis",
            "source_id",
        ]
    ]
    rows.attrs["narrow"] = choices.narrow
    return rows


def draw(table: pd.DataFrame, words: Words) -> go.Figure:
    """Draw partners down, fields across, a mark for each project; several projects of a cell stand below each other.

    Rows are as tall as their names and marks need in pixels; with few columns the heads stand upright, on a phone on end.
    """
    fields = [field for field in FIELDS if (table["field"] == field).any()]
    names = {partner: text_width.break_lines(partner, _NAME, is_label=True) for partner in table["partner"].unique()}
    rows = table.assign(slot=table.groupby(["partner", "field"]).cumcount())
    y, places = 0.0, {}
    for partner, lines in names.items():
        tall = max(len(lines) * _LINE, (rows.loc[rows["partner"] == partner, "slot"].max() + 1) * _DOT) + 12
        places[partner] = (y, tall)
        y += tall
    shown = [status for status in _LOOKS if (rows["status"] == status).any()]
    projects_of = table.drop_duplicates("project_id")["status"].value_counts()
    # the key has its own strip inside the drawing: it cannot push the rows together
    is_narrow = bool(table.attrs.get("narrow"))
    bottom = y + 16 + _KEY * (len(shown) if is_narrow else -(-len(shown) // _KEYS_ACROSS))
    figure = theme.figure(words.lang, height=int(bottom) + 110, hovermode="closest")
    for status in shown:
        projects = rows[rows["status"] == status].to_dict("records")
        figure.add_scatter(
            x=[fields.index(row["field"]) for row in projects],
            y=[_height(row, rows, places) for row in projects],
            mode="markers",
            name=_counted(status, projects_of, words),
            marker=_LOOKS[status],
            hovertext=["<br>".join(_hover(row, words)) for row in projects],
            hoverinfo="text",
            meta={"status": status},
            customdata=[row["project_id"] for row in projects],
            unselected={"marker": {"opacity": 0.45}},
        )
    notes = theme.Notes()
    _add_ground(notes, rows, fields, places, y)
    notes.write(figure)
    figure.update_xaxes(
        range=[-0.5, len(fields) - 0.5],
        tickvals=list(range(len(fields))),
        ticktext=[words(f"field.{field}") for field in fields],
        side="top",
        autotickangles=[0, -90],
        showline=False,
        showgrid=False,
        zeroline=False,
        fixedrange=True,
        tickfont={"color": theme.INK, "size": _LETTER - 1},
    )
    figure.update_yaxes(
        range=[bottom, 0],
        tickvals=[top + tall / 2 for top, tall in places.values()],
        ticktext=["<br>".join(lines) for lines in names.values()],
        showgrid=False,
        zeroline=False,
        fixedrange=True,
        tickfont={"color": theme.INK, "size": _LETTER},
    )
    figure.update_layout(
        legend={
            "orientation": "v" if is_narrow else "h",
            "y": 1 - (y + 8) / bottom,
            "yanchor": "top",
            "x": 0,
            "xanchor": "left",
            "tracegroupgap": 0,
        },
        margin={"b": 4, "t": 4},
    )
    return figure


def _add_ground(
    notes: theme.Notes, rows: pd.DataFrame, fields: list[str], places: dict[str, tuple[float, float]], end: float
) -> None:
    """Draw a tile for each cell with a project, green where something is in progress or held, and lines to `end` below."""
    for (partner, field), cell in rows.groupby(["partner", "field"]):
        at, (top, tall) = fields.index(str(field)), places[str(partner)]
        tile = theme.DONE_SOFT if cell["status"].isin(["in_progress", "held"]).any() else theme.REST_SOFT
        edges = {"x0": at - 0.46, "x1": at + 0.46, "y0": top + 3, "y1": top + tall - 3}
        notes.shape(type="rect", **edges, fillcolor=tile, line={"width": 0}, layer="below")
    rule = {"type": "line", "line": {"color": theme.GRID, "width": 1}, "layer": "below"}
    for top in [*(top for top, _ in places.values()), end]:
        notes.shape(**rule, xref="paper", x0=0, x1=1, y0=top, y1=top)
    for number in range(len(fields)):
        notes.shape(**rule, x0=number, x1=number, y0=0, y1=end)


def _height(row: dict[str, Any], rows: pd.DataFrame, places: dict[str, tuple[float, float]]) -> float:
    """Return the height of a mark: those of a cell stand in the middle of its row, each below the last."""
    top, tall = places[row["partner"]]
    count = ((rows["partner"] == row["partner"]) & (rows["field"] == row["field"])).sum()
    return top + tall / 2 + (row["slot"] - (count - 1) / 2) * _DOT


def _hover(row: dict[str, Any], words: Words) -> list[str]:
    when = words.span(row["starts_on"], row["ends_on"], row["precision"])
    lines = [f"<b>{line}</b>" for line in text_width.break_lines(row["partner"], 22, is_label=True)]
    lines += [words("join").join([words(f"field.{row['field']}"), _status(row["status"], words)]), *([when] if when else [])]
    lines += text_width.break_lines(row["summary"], 24, is_label=True)
    return [*lines, words("colon", name=words("columns.basis"), value=words(f"basis.{row['basis']}"))]


def _status(status: str, words: Words) -> str:
    return words("stage.ahead") if status == "ahead" else words(f"status.{status}")


def _counted(status: str, projects_of: "pd.Series[int]", words: Words) -> str:
    return words("status_count", status=_status(status, words), count=words.number(projects_of[status]))


def items(table: pd.DataFrame, words: Words) -> dict[str, str]:
    """Return what can be pressed: the code of each project and its label."""
    projects = table.drop_duplicates("project_id").to_dict("records")
    return {row["project_id"]: words("colon", name=row["partner"], value=row["summary"]) for row in projects}


def message(table: pd.DataFrame, words: Words) -> str:
    """Return how many partners and projects there are, and how many have each status."""
    projects = table.drop_duplicates("project_id")
    count = projects["status"].value_counts()
    parts = [_counted(status, count, words) for status in reversed(_LOOKS) if status in count]
    return words(
        "message",
        partners=words.number(projects["partner"].nunique()),
        projects=words.number(len(projects)),
        statuses=words("comma").join(parts),
    )
