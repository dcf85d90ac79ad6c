"""Show where visitors come from and who takes part; before that the profile of the prefecture that is chosen."""

from sejong_dash import ui
from sejong_dash.cards import milestones, prefecture_profile, prefectures, programme, venue
from sejong_dash.charts import daily_visitors, goal_bar
from sejong_dash.maps import prefecture_map

ui.profile(prefecture_profile, goal_bar, daily_visitors, programme, milestones)
ui.explore(prefecture_map)
ui.overview(prefectures)
ui.show(venue)
