"""Draw the prefectures on a map, in the colours of their role or of a measure."""

from functools import reduce

import pandas as pd
import plotly.graph_objects as go
import pydeck as pdk

from sejong_dash import theme
from sejong_dash import words as wording
from sejong_dash.choices import Choices
from sejong_dash.datasets import Tables
from sejong_dash.layout import ground
from sejong_dash.measures import partners, prefecture_values
from sejong_dash.measures.classes import Classes
from sejong_dash.words import Words

from . import Listed, _class_looks, _layers, _map_marks, _measure_values, _paper, _place_texts, _sejong, _shapes, _views
from ._class_looks import HOST_SIGN, SIGNS
from ._map_marks import TOP, chosen_code, prefecture_rows, version_of, view_name

# The page puts the values in, as text: nothing of the data stands in this markup.
# the code is read where a press was too slow for deck.gl (ui/browser/slow_press.js)
_TOOLTIP = "<b data-code='{jis_code}'>{name}</b><div>{value}</div><div>{place}</div><div>{role}</div><div>{basis}</div>"
_FIRST = ["jis_code", "name", "role", "partners", "projects", "value", "class", "class_low", "class_high", "rank", "at_as_of"]
_LAST = ["measure", "view", "day", "office_lat", "office_lon", "chosen", "basis", "source_id"]


def table(choices: Choices, tables: Tables) -> pd.DataFrame:
    """Return one row for each prefecture, the highest rank first, and one for visitors of unknown prefecture.

    Columns: jis_code, name, role, partners, projects, value, class, class_low, class_high, rank, at_as_of, measure, view, day,
    office_lat, office_lon, chosen, basis, source_id.

    `value` is the measure at the end of `day`, `at_as_of` the same at as-of, by which the classes (1: the lowest; of roles
    3: a campaign for a garden is planned, 2: a partner is at home there, 1: neither) are made; `rank` 1 is the most; prefectures
    without a project have none.
    """
    places = tables.prefectures()
    rows = partners.by_prefecture(places, tables.programme(), choices.lang, wording.shared(choices.lang)("comma"))
    rows = rows.join(places.set_index("jis_code")[["office_lat", "office_lon"]], on="jis_code")
    day = min(choices.day or choices.as_of, choices.as_of)
    rows = rows.assign(measure=choices.measure, view=choices.view, day=pd.Timestamp(day))
    rows["chosen"] = rows["jis_code"] == choices.prefecture
    if choices.measure == "participation":
        rows = rows.assign(value=rows["projects"].astype("float64"), at_as_of=rows["projects"].astype("float64"))
        rows["class"] = rows["role"].map(_class_looks.ROLES)
        rows["class_low"] = rows["class_high"] = float("nan")
    else:
        rows = _measure_values.with_values(rows, choices, tables)
    if rows["at_as_of"].isna().all():
        return pd.DataFrame()
    rows["class"] = rows["class"].astype("Int64")
    is_ranked = rows["jis_code"].notna() & ((choices.measure != "participation") | rows["projects"].gt(0))
    rows["rank"] = prefecture_values.rank(rows["value"].where(is_ranked))
    rows = rows.assign(last=rows["jis_code"].isna()).sort_values(["last", "rank", "jis_code"], kind="stable", ignore_index=True)
    rows = rows[[*_FIRST, *_LAST]]
    rows.attrs["version"] = tables.version  # a drawing has the table alone, and needs the outlines of its version
    return rows


def legend(table: pd.DataFrame, words: Words) -> list[tuple[str, str]]:
    """Return colour and meaning of each class, the highest first, and of the other marks."""
    if _class_looks.is_by_role(table):
        entries = [
            (_class_looks.ROLE_COLOURS[role], f"{SIGNS[role]} {words(f'role.{role}')}".strip())
            for role in reversed(_class_looks.ROLES)
        ]
    else:
        classes = _class_looks.classes(table)
        meanings = [
            words("class.numbered", number=str(number + 1), said=_class_range(classes, number, table, words))
            for number in range(len(classes))
        ]
        entries = list(zip(_class_looks.palette(table), meanings, strict=True))
        entries.append((theme.INK, f"{SIGNS['garden']} {words('role.garden')}"))
    shown = _sejong.shown(view_name(table))
    host = [(theme.INK, f"{HOST_SIGN} {words('host')}")] if _sejong.CITY in shown else []
    venue = [(theme.GARDEN, words("venue"))] if _sejong.VENUE in shown else []
    return [*entries, *host, *venue]


def _class_range(classes: Classes, number: int, table: pd.DataFrame, words: Words) -> str:
    """Return the bounds of a class with their unit."""
    # the lowest and the highest are open, for values of earlier days are smaller than those of as-of
    measure = str(table["measure"].iloc[0])
    low, high = (_class_looks.amount(measure, value, words) for value in classes.bounds(number))
    if len(classes) > 1 and number == 0 and classes.middle != 0:
        return words(f"class.{measure}.lowest", low=low, high=high)
    if len(classes) > 1 and number == len(classes) - 1 and classes.middle != number:
        return words(f"class.{measure}.highest", low=low, high=high)
    return words(f"class.{measure}.between", low=low, high=high)


def listed(table: pd.DataFrame, words: Words) -> list[Listed]:
    """Return the table beside the map in its order: all that the tooltip shows of a prefecture."""
    colours, signs = _class_looks.colours(table), _class_looks.signs(table)
    rows = []
    for row in prefecture_rows(table).itertuples(index=False):
        colour, is_ranked = colours.get(row.jis_code, theme.LAND), pd.notna(row.rank)
        tip = _place_texts.tip(row, words)
        more = [tip["role"], row.partners if row.measure == "participation" else "", _place_texts.basis_name(row, words)]
        rows.append(
            Listed(
                code=row.jis_code,
                rank=words.number(row.rank) if is_ranked else "",
                name=row.name,
                value_text=_place_texts.short(row, words),
                colour=colour,
                sign=signs.get(row.jis_code, ""),
                ink=_class_looks.ink(colour),
                hover_text=words("between_parts").join(filter(None, more)),
                value=str(row.value) if pd.notna(row.value) else "",
                number=str(row.number) if pd.notna(row.number) else "",
            )
        )
    return rows


def message(table: pd.DataFrame, words: Words) -> str:
    """Return what the map shows in a sentence or two, and the chosen prefecture in another."""
    measure, rows = str(table["measure"].iloc[0]), prefecture_rows(table)
    sentences = []
    if measure == "participation":
        for role in ("garden", "partner"):
            names = rows[rows["role"] == role].sort_values("jis_code")["name"]
            if len(names):
                sentences.append(words(f"message_{role}", names=words("comma").join(names), count=words.number(len(names))))
    else:
        sentences += _gaps(rows, words) if measure == "gap" else [_first(rows, words)]
        for value in table.loc[table["jis_code"].isna(), "value"]:
            sentences.append(words("message_unknown", value=words.number(value)))
    for row in rows[rows["chosen"]].itertuples(index=False):
        chosen = (
            _place_texts.value(row, words)
            if measure != "participation"
            else words("tip_projects", count=words.number(row.projects))
        )
        sentences.append(words("message_chosen", name=row.name, role=words(f"role.{row.role}"), value=chosen))
    return reduce(lambda first, then: words("message_then", first=first, then=then), sentences or [words("role.none")])


def _first(rows: pd.DataFrame, words: Words) -> str:
    measure, day = rows["measure"].iloc[0], words.date(rows["day"].iloc[0])
    return words(f"message_{measure}", date=day, first=_naming(rows.head(TOP), words))


def _gaps(rows: pd.DataFrame, words: Words) -> list[str]:
    """Return who is ahead of the plan and who is behind, or that no prefecture is either."""
    behind = rows[rows["value"] < 0][::-1].head(TOP)
    sentences = [_first(rows[rows["value"] > 0], words)] if (rows["value"] > 0).any() else []
    sentences += [words("message_behind", last=_naming(behind, words))] if len(behind) else []
    return sentences or [words("message_even", date=words.date(rows["day"].iloc[0]))]


def _naming(rows: pd.DataFrame, words: Words) -> str:
    """Return names with their values; of a gap without its sign, for the sentence says which it is."""
    values = [
        words("short.gap", value=words.number(abs(row.value))) if row.measure == "gap" else _place_texts.value(row, words)
        for row in rows.itertuples()
    ]
    return words("comma").join(
        words("with_value", name=name, value=value) for name, value in zip(rows["name"], values, strict=True)
    )


def draw(table: pd.DataFrame, words: Words) -> pdk.Deck:
    """Draw land, Sejong, the prefectures in the colours of their classes, arcs to Sejong as wide as the measure, and labels."""
    where, version = _views.view(view_name(table)), version_of(table)
    labels = _map_marks.labels(table, words, where)
    colours = _class_looks.colours(table)
    tips = {row.jis_code: _place_texts.tip(row, words) for row in prefecture_rows(table).itertuples(index=False)}
    thin = [{"line": ground.frame(), "tint": theme.rgb(theme.AXIS), "width": 1}]
    thin += [{"line": [label["from"], label["at"]], "tint": theme.rgb(theme.MUTED), "width": 1} for label in labels]
    small = {"edge": theme.rgb(theme.REST), "fill": theme.rgb(theme.LAND), "radius": 2}
    points = [small | {"at": at} for at in _shapes.islets(version)]
    point = {"fill": theme.rgb(theme.INK), "edge": theme.rgb(theme.PAPER), "radius": 2.5}
    points += [point | {"at": label["from"]} for label in labels]
    arcs = [{"line": line, "tint": theme.rgb(colour, 190), "width": width} for line, colour, width in _map_marks.arcs(table)]
    signs = [{"text": sign, "at": at, "tint": theme.rgb(colour)} for sign, at, colour in _map_marks.signs(table)]
    layers = [
        *_layers.land(view_name(table) == "venue", version),
        *_layers.prefectures(colours, version),
        *_layers.outline(chosen_code(table), version),
        _layers.targets(tips, version),
        _layers.lines("arcs", arcs),
        _layers.marks(signs, words),
        *([_layers.dots("venue", [_sejong.area(version)], "meters")] if view_name(table) == "venue" else []),
        _layers.lines("lines", thin),
        _layers.dots("points", points),
        _layers.chips(labels, words),
    ]
    return _layers.deck(layers, where, _TOOLTIP, words)


def paper(table: pd.DataFrame, words: Words) -> go.Figure:
    """Draw the map in plain axes."""
    return _on_sheet(table, words, _views.on_paper(view_name(table)))


def slide(table: pd.DataFrame, words: Words) -> go.Figure:
    """Draw the map on a slide: larger letters, so fewer labels; the slide has a legend of its own."""
    few = table.copy()
    few.attrs["few"] = True
    figure = _on_sheet(few, words, _views.on_slide(view_name(table)))
    return figure.update_layout(showlegend=False, margin={"t": 0, "b": 0, "l": 0, "r": 0})


def small(table: pd.DataFrame, words: Words) -> go.Figure:
    """Draw the map for a column of the page: Japan and Sejong without arcs and signs, few labels, the legend below."""
    few = table.copy()
    few.attrs["few"] = few.attrs["small"] = True
    figure = _on_sheet(few, words, _views.in_column())
    legend_below = {"orientation": "h", "x": 0, "xanchor": "left", "y": -0.01, "yanchor": "top", "font": {"size": 12}}
    figure.update_layout(legend=legend_below, margin={"t": 0, "b": 0, "l": 0, "r": 0}, paper_bgcolor="rgba(0,0,0,0)")
    return figure


def _on_sheet(table: pd.DataFrame, words: Words, where: _views.View) -> go.Figure:
    version, is_small = version_of(table), bool(table.attrs.get("small"))
    figure = _paper.empty_map(where, legend(table, words), words)
    _paper.add_land(figure, view_name(table) == "venue", version)
    colours = _class_looks.colours(table)
    _paper.add_prefectures(figure, legend(table, words), colours, version)
    _paper.add_chosen(figure, chosen_code(table), version)
    if view_name(table) == "venue":
        _paper.fill(figure, [_sejong.rim(version)], theme.GARDEN, theme.INK, opacity=0.6)
    arcs = [] if is_small else _map_marks.arcs(table)
    _paper.add_lines(figure, [{"line": line, "colour": colour, "width": width} for line, colour, width in arcs])
    signs = [] if is_small else _map_marks.signs(table)
    _paper.add_signs(figure, [{"text": sign, "at": at, "colour": colour} for sign, at, colour in signs])
    _paper.add_islets(figure, _shapes.islets(version))
    _paper.add_frame(figure)
    _paper.add_labels(figure, _map_marks.labels(table, words, where))
    return figure
