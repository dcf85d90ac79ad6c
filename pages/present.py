"""What is said in the meeting, one message a slide?"""

from sejong_dash import cards, charts, maps, ui

ui.present(charts, maps, cards)
