"""Show what happened, what is due, and how the plan moved."""

from sejong_dash import ui
from sejong_dash.cards import expo_plan, milestones, next_milestones, plan_decisions
from sejong_dash.charts import plan_history, programme_timeline

ui.timeline_filters()
ui.zoomed(programme_timeline, milestones, plan_decisions)
ui.show(next_milestones)
ui.show(plan_history)
ui.show(expo_plan)
ui.show(milestones)
ui.show(plan_decisions)
