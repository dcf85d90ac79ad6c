"""Write and keep data: the counts with their journal, and snapshots. Everything else in the project only reads."""
