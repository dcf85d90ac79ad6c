"""Who takes part, where are they, and where is the expo?"""

from sejong_dash import ui
from sejong_dash.cards import prefectures, venue
from sejong_dash.maps import participation

ui.show(participation)
ui.show(prefectures)
ui.show(venue)
