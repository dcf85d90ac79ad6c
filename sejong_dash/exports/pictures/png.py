"""Write a chart as a picture for a slide or a letter."""

import pandas as pd
import plotly.graph_objects as go

from sejong_dash.words import Words

from . import chrome, paper


def write(figure: go.Figure, table: pd.DataFrame, words: Words) -> bytes:
    """Return the figure on paper, with its words around it, at twice the size of the screen.

    Raises ChromeNotFoundError (kaleido) where no Chrome is on the machine: ask `chrome.found()` first.
    """
    sheet = paper.page(figure, words)
    return chrome.picture(sheet, "png", sheet.layout.width, sheet.layout.height, 2)
