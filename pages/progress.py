"""Show the pace by day, prefecture and channel, and what each day left must bring."""

from sejong_dash import ui
from sejong_dash.cards import benchmarks, crossings, day_sentence, pace_figures, what_it_takes
from sejong_dash.charts import (
    arrivals_share,
    booking_stages,
    calendar_heatmap,
    catch_up,
    channel_visitors,
    daily_visitors,
    goal_bar,
    prefecture_days,
    prefecture_visitors,
    required_rate,
    visitor_progress,
)

ui.show(day_sentence)
ui.show(goal_bar)
ui.show(pace_figures)
ui.show(crossings)
ui.show(visitor_progress)
ui.show(required_rate)
ui.what_if(what_it_takes, catch_up)
ui.by_day_or_total(daily_visitors)
ui.show(calendar_heatmap)
ui.show(prefecture_visitors)
ui.on_demand(prefecture_days)
ui.side_by_side(channel_visitors, booking_stages)
ui.show(arrivals_share)
ui.show(benchmarks)
