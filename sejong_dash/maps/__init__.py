"""What is drawn on the map? One map = NAME.py (table, draw, message) + NAME.toml, as in charts."""
