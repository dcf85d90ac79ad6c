"""Answers what the server asks about tables and maps, importing what that needs at the first question.

The server starts without pandas and whatever else pages draw with.
"""


def shape_file(path: str) -> bytes | None:
    """Return what the server answers to the address of a map's outlines; None where no map has named it."""
    from sejong_dash import maps

    return maps.shape_file(path)


def tables_state() -> str:
    """Return the fingerprint of the tables as they are now."""
    from sejong_dash.exhibits import defaults

    return defaults.state()
