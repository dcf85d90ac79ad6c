"""What the forecast is made of: a model of the counts, past seasons, the distribution between their answers."""
