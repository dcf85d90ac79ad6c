"""Show the six charts with Dash: one callback, files are read at each."""

import six_charts
from dash import Dash, Input, Output, dcc, html

app = Dash(__name__, title="Expo")
server = app.server
_GRAPHS = [f"chart-{number}" for number in range(len(six_charts.TITLES))]
_FIGURES = [f"figure-{number}" for number in range(3)]
app.layout = html.Div(
    [
        html.H1("Expo"),
        dcc.Dropdown(six_charts.places(), six_charts.EVERYWHERE, id="place", clearable=False),
        html.Div([html.H2(id=name, className="figure") for name in _FIGURES], style={"display": "flex", "gap": "4rem"}),
        html.Div([dcc.Graph(id=name) for name in _GRAPHS], style={"display": "grid", "gridTemplateColumns": "1fr 1fr"}),
    ]
)


@app.callback(
    [Output(name, "children") for name in _FIGURES] + [Output(name, "figure") for name in _GRAPHS], Input("place", "value")
)
def update(place: str) -> list[object]:
    """Return figures and charts for the chosen place."""
    figures, charts = six_charts.draw(place)
    return [*figures, *charts]
