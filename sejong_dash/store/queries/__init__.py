"""Ask databases for tables: `data/NAME.sql` in place of `data/NAME.csv`.

A query is asked anew at a set interval. Its answer becomes the table once it has been read and checked as a file would be;
until then, and whenever it fails, the last good answer stays. `standing` says of each query when it last gave a sound answer,
and why it gives no newer one.
"""

from .query_run import Standing, Troubled, ask, query_paths, refresh_due, standing, troubled

__all__ = ["Standing", "Troubled", "ask", "query_paths", "refresh_due", "standing", "troubled"]
