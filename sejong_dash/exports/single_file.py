"""Write one exhibit as a file of any kind, and name the file."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sejong_dash.choices import Choices
from sejong_dash.exhibits import Exhibit

from . import report
from .formats import FORMATS, REPORT_FORMATS
from .pictures import chrome
from .report import Progress, Report

_QUICK = {"xlsx", "csv", "json", "html"}  # well under a second, without a Chrome
_IN_NAME = ("prefecture", "field", "partner", "zoom", "measure", "view")  # choices that the name of a file holds
_UNSAFE = re.compile(r'[\x00-\x1f<>:"/\\|?*]+')  # no system takes all of them in the name of a file
_LONGEST = 60  # letters of a title in the name of a file


@dataclass(frozen=True, slots=True)
class SingleFormat:
    """A kind of file for one exhibit: its suffix, media type, what it needs, and whether it is made at once."""

    suffix: str
    mime: str
    has_figure: bool
    needs_chrome: bool

    @property
    def is_quick(self) -> bool:
        return self.suffix in _QUICK


def _all_formats() -> dict[str, SingleFormat]:
    slide, *bound = (REPORT_FORMATS[name] for name in ("pptx", "pdf", "html"))
    own = [SingleFormat(kind.suffix, kind.mime, kind.has_figure, kind.needs_chrome) for kind in FORMATS.values()]
    first, *more = [SingleFormat(kind.suffix, kind.mime, False, kind.needs_chrome) for kind in (slide, *bound)]
    *tables, json = own
    return {kind.suffix: kind for kind in (first, *tables, *more, json)}


SINGLE_FORMATS: Mapping[str, SingleFormat] = _all_formats()
"""Every kind of file that one exhibit can be, by its suffix, in the order of a menu."""


def available(has_figure: bool) -> list[SingleFormat]:
    """Return the kinds of files that can be made here of an exhibit with or without a drawing."""
    with_chrome = chrome.found()
    kinds = SINGLE_FORMATS.values()
    return [kind for kind in kinds if (has_figure or not kind.has_figure) and (with_chrome or not kind.needs_chrome)]


def write(suffix: str, drawn: Exhibit, version: str, made_at: datetime, progress: Progress = report.ignore_progress) -> bytes:
    """Return the exhibit, which is not empty, as a file; `version` names the state of the data.

    Raises DashError where it cannot be made, and what `progress` raises.
    """
    if suffix in FORMATS:
        kind = FORMATS[suffix]
        figure = drawn.paper() if drawn.paper and kind.has_figure else None
        return kind.write(figure, drawn.table, drawn.words)
    bound = report.bind_report(drawn.name, [drawn.words("title")], [[drawn]], version, made_at, single=True)
    return REPORT_FORMATS[suffix].write(bound, progress)


def file_name(drawn: Exhibit, suffix: str) -> str:
    """Return chart, plan, language, as-of and what else was chosen, so that files with different figures differ in name."""
    choices = drawn.choices
    parts = [drawn.name.rpartition(".")[2], choices.plan, choices.lang, choices.as_of.isoformat()]
    parts += _chosen(choices)
    parts += ["sample"] if drawn.words("basis") == "sample" else []
    return "_".join(parts) + f".{suffix}"


def local_name(drawn: Exhibit, suffix: str) -> str:
    """Return the same with the exhibit's title, in the reader's language."""
    choices, words = drawn.choices, drawn.words
    parts = [_safe(words("title")), choices.plan, choices.as_of.isoformat(), *_chosen(choices)]
    parts += [_safe(words("basis.sample"))] if words("basis") == "sample" else []
    return "_".join(parts) + f".{suffix}"


def local_report_name(bound: Report, suffix: str) -> str:
    """Return the name of a report's file with its title, in the reader's language."""
    return _safe(bound.titles[0]) + bound.file_name(suffix).removeprefix(bound.name)


def _chosen(choices: Choices) -> list[str]:
    default = Choices(choices.lang, choices.plan, choices.as_of, choices.sample)
    parts = [getattr(choices, name) for name in _IN_NAME if getattr(choices, name) != getattr(default, name)]
    parts += [day.isoformat() for day in (choices.day, choices.on) if day]
    parts += [_safe(choices.channel)] if choices.channel else []
    parts += [choices.data] if choices.data else []
    parts += ["total"] if choices.running else []
    parts += ["what-if"] if choices.what_if != default.what_if else []
    return parts


def _safe(text: str) -> str:
    return " ".join(_UNSAFE.sub(" ", text).split())[:_LONGEST].rstrip(" .")
