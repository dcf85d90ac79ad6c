"""Show on one screen whether the goal will be met, where visitors are missing, and what is to be done."""

from sejong_dash import ui
from sejong_dash.cards import key_figures, short_places, to_do, verdict
from sejong_dash.charts import recent_days, visitor_progress
from sejong_dash.maps import prefecture_map

ui.first_screen(verdict, key_figures, visitor_progress, short_places, to_do, recent_days, wall=prefecture_map)
