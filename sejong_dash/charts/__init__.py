"""What is drawn? One chart = NAME.py (table, draw, message) + NAME.toml (its words); the folder is the registry."""
