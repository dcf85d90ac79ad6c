"""Choose what to take away from the meeting, in which languages and formats."""

from sejong_dash import cards, charts, maps, ui
from sejong_dash.cards import day_sentence

ui.show(day_sentence)
ui.report(charts, maps, cards)
