"""Ahead or behind, by day, by prefecture, by channel: what must each day left bring?"""

from sejong_dash import ui
from sejong_dash.cards import benchmarks, pace_figures
from sejong_dash.charts import booking_stages, channel_visitors, daily_visitors, prefecture_visitors, visitor_progress

ui.show(pace_figures)
ui.show(visitor_progress)
ui.show(daily_visitors)
ui.side_by_side(channel_visitors, booking_stages)
ui.show(prefecture_visitors)
ui.show(benchmarks)
