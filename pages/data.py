"""Show what was counted, and bring in, correct or take back counts."""

from sejong_dash import ui

ui.desk()
