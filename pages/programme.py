"""Show what Sejong does with Japan by field and partner, with the sources."""

from sejong_dash import ui
from sejong_dash.cards import gardens, programme, sources
from sejong_dash.charts import programme_matrix

ui.programme_filters()
ui.pressable(programme_matrix, programme)
ui.show(gardens)
ui.show(programme)
ui.show(sources)
