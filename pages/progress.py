"""Show the pace in parts: now, by day, prefecture and channel, what measures would bring, and how hard the goal is."""

from sejong_dash import ui
from sejong_dash.cards import benchmarks, crossings, pace_figures, what_it_takes
from sejong_dash.charts import (
    arrivals_share,
    booking_stages,
    calendar_heatmap,
    catch_up,
    channel_visitors,
    daily_visitors,
    forecast_record,
    goal_bar,
    prefecture_days,
    prefecture_visitors,
    required_rate,
    visitor_progress,
)

parts = ui.parts(__file__, difficulty=arrivals_share)
parts.now.side_by_side(goal_bar, pace_figures, widths=(1, 2))
parts.now.side_by_side(visitor_progress, required_rate)
parts.now.on_demand(forecast_record)
parts.days.by_day_or_total(daily_visitors, calendar_heatmap)
parts.days.show(crossings)
parts.prefectures.show(prefecture_visitors)
parts.prefectures.on_demand(prefecture_days)
parts.channels.side_by_side(channel_visitors, booking_stages)
parts.planner.what_if(what_it_takes, catch_up)
parts.difficulty.side_by_side(arrivals_share, benchmarks, widths=(1, 2))
# of a day that was pressed, what other parts show of all days: they hold these charts, and links lead to them there
parts.days.of_day(channel_visitors, prefecture_visitors)
