"""Hold the constants of the forecast.

They were chosen by `make calibrate DATA=…`, which writes this module: a coordinate search from round figures for the
least Winkler loss, until no step gained. The pool: pools of New York 2017-2022, ferry of Toronto 2023-2025, zoo
of Korkeasaari 2018-2023, and running counts of eight expos and flower shows (see docs/forecast.md). Cases:
one-off 45: 455; one-off 20: 455; one-off 90: 160; fair: 150; summer: 150; dated: 15. Loss -0.3718.
"""

BEND = 0.417  # standard deviation of the drift of a day's logarithm
DRIFT_DAYS = 25.2  # days after which a drift has faded to a third
SLOPE = 0.222  # from the first day to the last, of a season of 45 days
NOISE = 0.36  # of a day's logarithm, before any count
AHEAD = 0.16  # what counts cannot show of the days left, in a season of 45 days
AHEAD_POWER = 0.25  # of the share of the season that is left
YEAR_SWING = 1.34  # of a day's logarithm from the mean of the year to its peak, where nothing is known of an event
YEAR_PEAK = 190  # day of the year with most visitors there
CLASS_SPREAD = 0.521  # between like events: of the logarithm of a day left against a day gone
CLASS_WEIGHT = 2  # seasons that this spread weighs as much as
YEAR_NOISE = 1  # between years of an event: times what their single days differ by
YEAR_WEIGHT = 2  # years that this noise weighs as much as
SHARED = 0.75  # correlation of the errors of counts and reference
