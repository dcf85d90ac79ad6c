"""Show the six charts with Panel: files are read at each change."""

import panel as pn
import six_charts

pn.extension("plotly")
menu = pn.widgets.Select(name="Prefecture", options=six_charts.places(), value=six_charts.EVERYWHERE)
figures, charts = six_charts.draw(six_charts.EVERYWHERE)
shown_figures = [pn.pane.HTML(f"<h2 class='figure'>{figure}</h2>") for figure in figures]
shown_charts = [pn.pane.Plotly(chart, sizing_mode="stretch_width", height=450) for chart in charts]


def update(event: object) -> None:
    """Replace figures and charts by those of the chosen place."""
    figures, charts = six_charts.draw(event.new)  # type: ignore[attr-defined]
    for pane, figure in zip(shown_figures, figures, strict=True):
        pane.object = f"<h2 class='figure'>{figure}</h2>"
    for pane, chart in zip(shown_charts, charts, strict=True):
        pane.object = chart


menu.param.watch(update, "value")
pn.Column(
    "# Expo",
    menu,
    pn.Row(*shown_figures),
    pn.GridBox(*shown_charts, ncols=2, sizing_mode="stretch_width"),
    sizing_mode="stretch_width",
).servable(title="Expo")
