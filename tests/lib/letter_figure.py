"""Makes a figure that is one letter."""

import plotly.graph_objects as go

from sejong_dash import theme


def one_letter(letter: str, lang: str = "ko") -> go.Figure:
    note = {"text": letter, "showarrow": False, "font": {"size": 60}, "x": 0.5, "y": 0.5, "xref": "paper", "yref": "paper"}
    axes = {"visible": False}
    return go.Figure(
        layout={
            "annotations": [note],
            "font": {"family": theme.PRINTED[lang]},
            "xaxis": axes,
            "yaxis": axes,
            "paper_bgcolor": "#fff",
        }
    )
