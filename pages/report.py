"""What is carried away from the meeting, in which language, as which file?"""

from sejong_dash import cards, charts, maps, ui

ui.report(charts, maps, cards)
