"""Which text must a spreadsheet not take for a formula?"""

import pandas as pd

_STARTS = ("=", "+", "-", "@", "\t", "\r")


def safe(text: str) -> str:
    """A text with an apostrophe before it if a spreadsheet would run it (OWASP's CSV injection)."""
    return f"'{text}" if text.startswith(_STARTS) else text


def harmless(table: pd.DataFrame) -> pd.DataFrame:
    """The table with each text cell `safe`."""
    texts = table.select_dtypes(include=["str", "object"]).columns
    return table.assign(
        **{str(name): table[name].map(lambda cell: safe(cell) if isinstance(cell, str) else cell) for name in texts}
    )
