"""What was counted, who brought it in, and how is it mended or taken back?"""

from sejong_dash import ui

ui.desk()
