"""What does a figure look like on paper, where it must say by itself what it is?"""

import textwrap

import plotly.graph_objects as go

from .. import theme
from ..words import Words

WIDTH = 1200
_MARGIN_TOP, _MARGIN_BOTTOM, _SIDE = 116, 108, 36
_WIDE = {"ko": 78, "ja": 70, "en": 150}  # letters that a line of the footer holds


def page(figure: go.Figure, words: Words) -> go.Figure:
    """A copy with white ground, title, message, and a footer of unit, basis, sources, as-of and the plan's state."""
    # a picture has no pointer: what is only told there is not lost, since the table's export has it
    height = (figure.layout.height or 400) + _MARGIN_TOP + _MARGIN_BOTTOM
    foot = [words("colon", name=words("caption.unit"), value=words("unit"))] if words.has("unit") else []
    foot += [words("colon", name=words("caption.basis"), value=words("basis_name")),
             words("colon", name=words("caption.sources"), value=words("sources")), words("stamp"),
             words("colon", name=words("caption.plan"), value=words("plan")), words("state")]  # fmt: skip
    wide = _WIDE[words.lang]
    footer = textwrap.wrap("  |  ".join(part for part in foot if part), wide)
    message = textwrap.wrap(words("message"), int(wide * 0.85))[:2]
    sheet = go.Figure(figure)
    legend = 28 if sheet.layout.showlegend is not False else 0
    sheet.update_layout(
        width=WIDTH, height=height, paper_bgcolor=theme.PAPER, plot_bgcolor=theme.PAPER,
        margin={"t": _MARGIN_TOP + legend, "b": _MARGIN_BOTTOM, "l": _SIDE, "r": _SIDE},
        title={"text": f"<b>{words('title')}</b>", "x": 0, "xref": "container", "xanchor": "left", "pad": {"l": _SIDE},
               "y": 1, "yref": "container", "yanchor": "top", "automargin": False, "font": {"size": 22, "color": theme.INK},
               "subtitle": {"text": "<br>".join(message), "font": {"size": 14, "color": theme.MUTED}}},
    )  # fmt: skip
    sheet.update_layout(title_pad_t=_SIDE // 2)
    sheet.add_annotation(
        text="<br>".join(footer), showarrow=False, align="left", xref="paper", x=0, xanchor="left",
        yref="paper", y=0, yanchor="top", yshift=-50, font={"size": 12, "color": theme.MUTED},
    )  # fmt: skip
    if words("sample"):
        sheet.add_annotation(
            text=f"<b>{words('sample')}</b>", showarrow=False, xref="paper", x=1, xanchor="right", yref="paper", y=1,
            yanchor="bottom", yshift=legend + 66, font={"size": 14, "color": theme.MISSING}, bordercolor=theme.MISSING, borderpad=4,
        )  # fmt: skip
    return sheet
