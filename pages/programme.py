"""What does Sejong do with Japan, field by field, partner by partner, and where is that from?"""

from sejong_dash import ui
from sejong_dash.cards import programme, sources
from sejong_dash.charts import programme_matrix

ui.field_filter()
ui.show(programme_matrix)
ui.show(programme)
ui.show(sources)
