"""Show how far the count is from the goal, whether it is on pace, and what comes next."""

from sejong_dash import ui
from sejong_dash.cards import crossings, day_sentence, expo_plan, gardens, next_milestones
from sejong_dash.charts import goal_bar, visitor_progress

ui.show(day_sentence)
ui.show(goal_bar)
ui.show(visitor_progress)
ui.show(next_milestones)
ui.show(crossings)
ui.show(expo_plan)
ui.show(gardens)
