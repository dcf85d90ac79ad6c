"""Answers what the server asks about tables and maps, importing what that needs at the first question.

The server starts without pandas and whatever else pages draw with.
"""

from starlette.datastructures import Headers

from sejong_dash import paths, plotly_script

_WITHOUT_CHARTS = {"map", "data", "report"}


def scripts_of(page: str) -> tuple[str, ...]:
    """Return the addresses of our own scripts that a page, by its path without slashes, surely needs."""
    return () if page in _WITHOUT_CHARTS else (plotly_script.path(),)


def page_names() -> frozenset[str]:
    """Return the paths of the pages, without slashes."""
    return frozenset(page.stem for page in paths.PAGES.glob("*.py"))


def show_script_error(error: Exception) -> bool:
    """Show on the page whose run has failed that it has; returns that nothing else is to be shown."""
    from sejong_dash.ui.entrance import script_error

    return script_error.show(error)


def own_file(path: str) -> bytes | None:
    """Return what the server answers to the address of the script that draws or of a map's outlines; None for another."""
    if path.startswith(plotly_script.FOLDER):
        return plotly_script.read() if path == plotly_script.path() else None
    from sejong_dash import maps

    return maps.shape_file(path)


def tables_state() -> str:
    """Return the fingerprint of the tables as they are now."""
    from sejong_dash.exhibits import defaults

    return defaults.state()


def full_page(headers: Headers, query: bytes) -> bytes:
    """Return the page that says that the server is full."""
    from sejong_dash.watch import admin_page

    return admin_page.full_page(headers, query)
