"""Makes each exhibit once for a state of the data, for pages, figures and files alike."""

from threading import Condition

from cachetools import LRUCache, cached

from sejong_dash import exhibits, kept
from sejong_dash.choices import Choices
from sejong_dash.contracts import ExhibitSource
from sejong_dash.datasets import Tables
from sejong_dash.exhibits import Exhibit, narrowing

_MOST = 600  # exhibits: about seven states of what a viewer may choose, for every chart in three languages


def _key(source: ExhibitSource, choices: Choices, data: str, tables: Tables) -> tuple[str, Choices, str]:
    return source.__name__, narrowing.followed(source, choices), data


@cached(LRUCache[tuple[str, Choices, str], Exhibit](_MOST), key=_key, condition=Condition())
def cached_exhibit(source: ExhibitSource, choices: Choices, data: str, tables: Tables) -> Exhibit:
    """Return the exhibit of a chart, map or set of cards; `data` is the fingerprint of `tables`.

    Whoever asks while it is being made waits for it. Raises DashError where a table that it needs cannot be used.
    """
    return exhibits.exhibit(source, narrowing.followed(source, choices), tables)


kept.also_clear(cached_exhibit.cache_clear)
