"""Opens the desk. What it reads files with is imported when it is opened: no other page should wait for that."""


def desk() -> None:
    """Show the chosen way to work with the counts."""
    from . import desk_page

    desk_page.desk()
