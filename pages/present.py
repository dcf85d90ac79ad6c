"""Show a deck in a meeting, a message on each slide."""

from sejong_dash import cards, charts, maps, ui

ui.present(charts, maps, cards)
