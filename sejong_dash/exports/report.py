"""What is carried away from a meeting: which exhibits, in which languages, under which stamp?"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from types import ModuleType
from typing import Any, TypeVar

from .. import words as wording
from ..choices import Choices
from ..errors import DashError
from ..exhibits import Exhibit, exhibit
from ..words import Words

T = TypeVar("T")
Tell = Callable[[int, int, str], None]
"""Told before each part is written: how many are done, of how many, and the title of the next (blank while they are
gathered). What it raises (the reader cancels) ends the writing."""


@dataclass(frozen=True)
class Report:
    """Exhibits bound together; the same file comes of the same report, whoever makes it.

    `name` is that of its files. `parts` hold one exhibit in each of `languages` (one or two), in their order; none is empty.
    `version` names the state of the data as `store.frozen` does, `made_at` is the moment that stands on every page. `single`
    says that one chart was taken away by itself: no cover, no contents.
    """

    name: str
    titles: tuple[str, ...]
    parts: tuple[tuple[Exhibit, ...], ...]
    version: str
    made_at: datetime
    left_out: tuple[str, ...] = ()  # titles of those that have nothing to show
    single: bool = False

    @property
    def languages(self) -> tuple[str, ...]:
        return tuple(one.choices.lang for one in self.parts[0])

    def words(self, number: int = 0) -> Words:
        """The words of reports (report.toml) in one of its languages."""
        return wording.of(__file__, self.languages[number])

    def stamp(self, number: int = 0) -> str:
        """As-of, version of the data and when it was made: the same on every page and in every kind of file."""
        words, first = self.words(number), self.parts[0][number]
        made = words("made", date=words.date(self.made_at.date()), time=f"{self.made_at:%H:%M}")
        version = [] if first.choices.data else [words("version", version=self.version)]  # a frozen one is in the exhibit's stamp
        return words("dots").join([first.words("stamp"), *version, made])

    def file_name(self, suffix: str) -> str:
        """Set, plan, language, as-of and what else was chosen, so that two files with different figures have two names."""
        first = self.parts[0][0].choices
        parts = [self.name, first.plan, "-".join(self.languages), first.as_of.isoformat()]
        parts += [first.prefecture] if first.prefecture else []
        parts += [first.data] if first.data else []
        parts += ["sample"] if first.sample else []
        return "_".join(parts) + f".{suffix}"

    def told_left_out(self) -> str:
        """A sentence that names what was left out; blank where nothing was."""
        words = self.words()
        return words("left_out", titles=words("comma").join(self.left_out)) if self.left_out else ""


def each(report: Report, tell: Tell, write: Callable[[tuple[Exhibit, ...]], T]) -> list[T]:
    """What `write` makes of each part, in their order; each is told of before.

    Raises DashError naming the exhibit where `write` fails; what `tell` raises goes through.
    """
    made = []
    for number, part in enumerate(report.parts):
        title = part[0].words("title")
        tell(number, len(report.parts), title)
        try:
            made.append(write(part))
        except DashError:
            raise
        except Exception as trouble:
            raise DashError("export_failed", chart=title, what=type(trouble).__name__) from trouble
    return made


def gathered(
    name: str,
    titles: Mapping[str, str],
    slides: Sequence[tuple[ModuleType, Mapping[str, Any]]],
    choices: Choices,
    languages: Sequence[str],
    version: str,
    made_at: datetime,
    tell: Tell,
) -> Report:
    """A report of these charts, each with what it changes of `choices`, in each of `languages`; `titles` by language.

    Raises DashError where a table that is needed cannot be used, or where nothing has anything to show.
    """
    parts = []
    for number, (chart, changes) in enumerate(slides):
        tell(number, len(slides), "")
        parts.append([exhibit(chart, replace(choices, lang=lang, **changes)) for lang in languages])
    return bound(name, [titles[lang] for lang in languages], parts, version, made_at)


def quiet(done: int, of: int, title: str) -> None:
    """A `Tell` for whoever does not want to know."""


def bound(
    name: str, titles: Sequence[str], parts: Sequence[Sequence[Exhibit]], version: str, made_at: datetime, *, single: bool = False
) -> Report:
    """A report of those parts that have something to show. Raises DashError where none has."""
    full = tuple(tuple(part) for part in parts if not part[0].empty)
    if not full:
        raise DashError("export_empty")
    left = tuple(part[0].words("title") for part in parts if part[0].empty)
    return Report(name, tuple(titles), full, version, made_at, left, single)
