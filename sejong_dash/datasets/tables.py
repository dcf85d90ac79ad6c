"""Hold all tables at one version, each loaded and checked when it is first asked for.

What is derived from several tables is kept with them (`derived`), by whoever knows how to make it: datasets may not import
measures, so that `measures.season.season.season_of(tables, choices)` hands the making of a season to its tables.
"""

import logging
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any, TypeVar, cast

import pandas as pd

from sejong_dash.errors import TableError

from . import (
    benchmarks,
    booking_curve,
    bookings,
    day_weights,
    goals,
    milestones,
    places,
    plans,
    prefectures,
    programme,
    reference_seasons,
    sample,
    shapes,
    sources,
    visitors,
)
from .schema import last_good

T = TypeVar("T")
_LOG = logging.getLogger(__name__)
_NAMES = [
    *("benchmarks", "booking_curve", "day_weights", "goals", "milestones", "places", "plans", "prefectures", "programme"),
    *("reference_seasons", "sources", "sample_as_of"),
]


@dataclass(frozen=True, eq=False)
class Tables:
    """All tables at one version: a snapshot that is kept, or blank for the live ones.

    A table that has been asked for stays as it was, whatever its file holds since. A live table that cannot be used is given in
    its last good state, where there is one (`last_good`). A caller may change what it gets: it is the
    caller's alone. Every method raises TableError where its table cannot be used, each time it is asked.

    Threads may share it. Two that ask for the same at once may both make it; both get what was kept first.
    """

    version: str = ""
    _kept: dict[Hashable, Any] = field(default_factory=dict, init=False, repr=False)

    def derived(self, key: Hashable, make: Callable[[], T]) -> T:
        """Return what `make` returns, called once for each `key`; callers must not change it. Raises what `make` raises."""
        if key not in self._kept:
            self._kept.setdefault(key, make())
        return cast(T, self._kept[key])

    def benchmarks(self) -> pd.DataFrame:
        """Return the figures that the goal is compared with, as `datasets.benchmarks.load`."""
        return self._table("benchmarks.csv", benchmarks.load)

    def booking_curve(self) -> pd.DataFrame:
        """Return the share of the goal that bookings should have reached, as `datasets.booking_curve.load`."""
        return self._table("booking_curve.csv", booking_curve.load)

    def bookings(self, sample: bool) -> pd.DataFrame:
        """Return the sample's bookings or the real ones, as `datasets.bookings.load`."""
        return self._table(_place("bookings", sample), lambda version: bookings.load(sample, version))

    def day_weights(self) -> pd.DataFrame:
        """Return the weight of each kind of day, as `datasets.day_weights.load`."""
        return self._table("day_weights.csv", day_weights.load)

    def goals(self) -> pd.DataFrame:
        """Return the goals of each plan, as `datasets.goals.load`."""
        return self._table("goals.csv", goals.load)

    def milestones(self) -> pd.DataFrame:
        """Return the milestones, as `datasets.milestones.load`."""
        return self._table("milestones.csv", milestones.load)

    def places(self) -> pd.DataFrame:
        """Return the places in Sejong, as `datasets.places.load`."""
        return self._table("places.csv", places.load)

    def plans(self) -> pd.DataFrame:
        """Return the plans, as `datasets.plans.load`."""
        return self._table("plans.csv", plans.load)

    def prefectures(self) -> pd.DataFrame:
        """Return the 47 prefectures, as `datasets.prefectures.load`."""
        return self._table("prefectures.csv", prefectures.load)

    def programme(self) -> pd.DataFrame:
        """Return the projects with Japan, as `datasets.programme.load`."""
        return self._table("programme.csv", programme.load)

    def gardens(self) -> pd.DataFrame:
        """Return the projects that plan to campaign for a garden, as `datasets.programme.gardens`."""
        return programme.gardens_of(self.programme())

    def reference_seasons(self) -> pd.DataFrame:
        """Return the shares that past expos had reached, as `datasets.reference_seasons.load`."""
        return self._table("reference_seasons.csv", reference_seasons.load)

    def sources(self) -> pd.DataFrame:
        """Return the sources, as `datasets.sources.load`."""
        return self._table("sources.csv", sources.load)

    def visitors(self, sample: bool) -> pd.DataFrame:
        """Return the sample's counts or the real ones, as `datasets.visitors.load`."""
        return self._table(_place("visitors", sample), lambda version: visitors.load(sample, version))

    def sample_as_of(self) -> date:
        """Return the as-of date of the sample."""
        return self.derived("sample_as_of", lambda: last_good.usable("sample/sample.toml", sample.as_of, self.version))

    def shapes(self, name: str) -> dict[str, Any]:
        """Return outlines, as `datasets.shapes.load`; callers must not change them."""
        file = f"geo/{name}.geojson"
        return self.derived(
            ("shapes", name), lambda: last_good.usable(file, lambda version: shapes.load(name, version), self.version)
        )

    def look(self) -> None:
        """Load every table, so that what is wrong with any of them is known (`last_good.troubles`)."""
        loads: list[Callable[[], object]] = [getattr(self, name) for name in _NAMES]
        loads += [partial(load, sample) for load in (self.visitors, self.bookings) for sample in (False, True)]
        for load in loads:
            try:
                load()
            except TableError as error:
                _LOG.debug("%s cannot be used", error.file)  # which last_good has logged

    def _table(self, file: str, load: Callable[[str], pd.DataFrame]) -> pd.DataFrame:
        return self.derived(file, lambda: last_good.usable(file, load, self.version)).copy(deep=False)  # copy-on-write


def snapshot(version: str = "") -> Tables:
    """Return the tables at a version (see `store.snapshots.versions`; blank: as they are now), none of them loaded yet."""
    return Tables(version)


def _place(name: str, is_sample: bool) -> str:
    return f"sample/{name}.csv" if is_sample else f"{name}.csv"
