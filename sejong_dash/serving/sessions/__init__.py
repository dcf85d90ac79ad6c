"""How many sessions the server takes, which files they may hold, and what becomes of them once they are left."""
