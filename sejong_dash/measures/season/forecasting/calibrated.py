"""Hold the constants of the forecast.

`make calibrate DATA=…` searches those with the least Winkler loss and writes this module. These come from two searches that
were stopped early and from single steps on a third of the pool: pools of New York 2017-2022, the ferry of Toronto 2023-2025,
the zoo of Korkeasaari 2018-2023, and running counts of eight expos and flower shows (see docs/forecast.md).
"""

BEND = 0.4  # standard deviation of the drift of a day's logarithm
DRIFT_DAYS = 15  # days after which a drift has faded to a third
SLOPE = 0.4  # from the first day to the last, of a season of 45 days
NOISE = 0.17  # of a day's logarithm, before any count
AHEAD = 0.18  # what counts cannot show of the days left, in a season of 45 days
AHEAD_POWER = 0.2  # of the share of the season that is left
CLASS_SPREAD = 0.7  # between like events: of the logarithm of a day left against a day gone
CLASS_WEIGHT = 3.0  # seasons that this spread weighs as much as
YEAR_NOISE = 1.1  # between years of an event: times what their single days differ by
YEAR_WEIGHT = 1.5  # years that this noise weighs as much as
SHARED = 0.6  # correlation of the errors of counts and reference
YEAR_SWING = 1.2  # of a day's logarithm between midsummer and the mean of a year, where nothing is known of an event
YEAR_PEAK = 200  # day of the year on which such places have most visitors
