"""Choose what to take away from the meeting, in which languages and formats."""

from sejong_dash import cards, charts, maps, ui

ui.report(charts, maps, cards)
