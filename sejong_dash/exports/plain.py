"""Which text must a spreadsheet not take for a formula?"""

import pandas as pd

_STARTS = ("=", "+", "-", "@", "\t", "\r")


def harmless(table: pd.DataFrame) -> pd.DataFrame:
    """The table with an apostrophe before each text cell that a spreadsheet would run (OWASP's CSV injection)."""
    texts = table.select_dtypes(include=["str", "object"]).columns
    return table.assign(
        **{
            str(name): table[name].map(lambda cell: f"'{cell}" if isinstance(cell, str) and cell.startswith(_STARTS) else cell)
            for name in texts
        }
    )
