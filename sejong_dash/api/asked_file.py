"""Finds out which file an address asks for: `goal_bar.csv`, `set/weekly.pptx`, `receipt.xlsx`, with their choices."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import NamedTuple

from sejong_dash import clock, exports
from sejong_dash.choices import Choices
from sejong_dash.datasets import Tables, snapshot
from sejong_dash.decks import Slide, decks, parse
from sejong_dash.errors import AddressError, DashError, Problem
from sejong_dash.exhibits import Exhibit, address, defaults, receipt_text
from sejong_dash.exhibits.cached import cached_exhibit
from sejong_dash.exports import single_file
from sejong_dash.exports.report import Progress, gather_report
from sejong_dash.exports.sheets import count_template, template
from sejong_dash.measures import figure_codes
from sejong_dash.store import snapshots
from sejong_dash.version import TAG
from sejong_dash.words import LANGUAGES

from . import registry
from .problem_document import RequestError

Given = Sequence[tuple[str, str]]
_TEMPLATE = "visitor-counts-template"
_MOST_LANGUAGES = 2  # that stand side by side

_MOST_SLIDES = 60  # of one deck


class NamedFile(NamedTuple):
    """A file that is ready to be written: its name in plain letters and in the reader's language."""

    plain_name: str
    local_name: str
    write: Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class AskedFile:
    """A file that was asked for.

    `mark` is its ETag: equal marks mean equal figures in the same words. `version` is the snapshot of the tables that it
    shows, `data` their fingerprint. `draw` makes its figures; it raises DashError, RequestError and what `progress` raises.
    """

    lang: str
    mime: str
    mark: str
    is_quick: bool
    version: str
    data: str
    draw: Callable[[Progress], NamedFile]


def find(path: str, given: Given) -> AskedFile:
    """Return the file that a path below `/export/` and its parameters ask for.

    Raises RequestError where there is none of that name, AddressError where a parameter cannot be used, TableError where a
    table that is needed for that cannot be used.
    """
    folder, _, file = path.rpartition("/")
    name, dot, kind = file.rpartition(".")
    finders = {"": {"receipt": _receipt, "template": _template}.get(name, _exhibit), "set": _set}
    if not dot or folder not in finders:
        raise RequestError(404, "unknown_address", found=path)
    return finders[folder](name, kind, given)


def _exhibit(name: str, kind: str, given: Given) -> AskedFile:
    if name not in registry.rooms():
        raise RequestError(404, "unknown_exhibit", found=name, expected=", ".join(registry.rooms()))
    formats = {each.suffix: each for each in registry.formats_of(name)}
    _check_kind(kind, list(formats))
    choices, _ = address.read(given, clock.today())
    draw = partial(_draw_exhibit, name, kind, choices)
    return _asked(f"{name}.{kind}", formats[kind].mime, formats[kind].is_quick, choices, draw)


def _draw_exhibit(name: str, kind: str, choices: Choices, data: str, progress: Progress) -> NamedFile:
    drawn = cached_exhibit(registry.source(name), choices, data, snapshot(choices.data))
    if drawn.empty:
        raise RequestError(404, "nothing_to_show", reason=drawn.words("empty"))
    write = partial(single_file.write, kind, drawn, snapshots.version_of(data), clock.now(), progress)
    return NamedFile(single_file.file_name(drawn, kind), single_file.local_name(drawn, kind), write)


def _set(name: str, kind: str, given: Given) -> AskedFile:
    known = decks()
    if name not in known:
        raise RequestError(404, "unknown_set", found=name, expected=", ".join(known))
    _check_kind(kind, list(exports.REPORT_FORMATS))
    choices, _ = address.read(given, clock.today())
    slides, languages = _slides(name, choices, dict(given)), _languages(choices, dict(given))
    codes = ",".join(slide.code for slide in slides)
    draw = partial(_draw_set, name, kind, slides, languages, choices)
    asked = _asked(f"set/{name}.{kind}", exports.REPORT_FORMATS[kind].mime, False, choices, draw, codes, *languages)
    return replace(asked, lang=", ".join(languages))


def _slides(name: str, choices: Choices, values: dict[str, str]) -> list[Slide]:
    """Return the slides that are asked for, by default those of the set. Raises AddressError."""
    deck = decks()[name]
    own = [code.strip() for code in values.get("slides", "").split(",") if code.strip()]
    if len(own) > _MOST_SLIDES:
        raise AddressError([Problem("not_allowed", column="slides", expected=f"≤ {_MOST_SLIDES}", found=str(len(own)))])
    if not own and deck.of_prefecture and choices.prefecture is None:
        raise AddressError([Problem("wrong_code", column="prefecture")])
    slides = {code: parse(code, registry.rooms()) for code in own or deck.slides}
    wrong = [code for code, slide in slides.items() if slide is None]
    if wrong:
        known = ", ".join(registry.rooms())
        raise AddressError([Problem("not_allowed", column="slides", expected=known, found=code) for code in wrong])
    return [slide for slide in slides.values() if slide is not None]


def _languages(choices: Choices, values: dict[str, str]) -> list[str]:
    """Return one language or two that stand side by side, by default that of the choices. Raises AddressError."""
    text = values.get("languages", "").strip()
    languages = text.split(",") if text else [choices.lang]
    if len(languages) > _MOST_LANGUAGES or len(set(languages)) < len(languages) or not set(languages) <= set(LANGUAGES):
        raise AddressError([Problem("not_allowed", column="languages", expected="ko, ja, en, ko,ja, …", found=text)])
    return languages


def _draw_set(
    name: str, kind: str, slides: list[Slide], languages: list[str], choices: Choices, data: str, progress: Progress
) -> NamedFile:
    format_, titles = exports.REPORT_FORMATS[kind], decks()[name].titles
    found = [(registry.source(slide.name), dict(slide.changes)) for slide in slides]
    bound = gather_report(name, titles, found, choices, languages, snapshots.version_of(data), clock.now(), progress)
    suffix = kind if format_.suffix == kind else f"{kind}.{format_.suffix}"
    return NamedFile(
        bound.file_name(suffix), single_file.local_report_name(bound, suffix), partial(format_.write, bound, progress)
    )


def _receipt(name: str, kind: str, given: Given) -> AskedFile:
    _check_kind(kind, list(registry.RECEIPT_FORMATS))
    choices, tables = address.read(given, clock.today())
    code = dict(given).get("receipt", "")
    figure = figure_codes.parse(code)
    if figure is None:
        raise AddressError([Problem("wrong_form", column="receipt", expected="2026-05-06.13.group", found=code)])
    draw = partial(_draw_receipt, kind, figure, choices, tables)
    return _asked(f"{name}.{kind}", exports.FORMATS[kind].mime, True, choices, draw, figure.code())


def _draw_receipt(
    kind: str, figure: figure_codes.FigureCode, choices: Choices, tables: Tables, data: str, progress: Progress
) -> NamedFile:
    found = receipt_text.describe(figure, choices, snapshots.version_of(data), tables)
    if found is None:
        raise RequestError(404, "no_days")
    file, shown = f"{found.name}.{kind}", found.exhibit
    return NamedFile(file, file, partial(_write_table, kind, shown))


def _write_table(kind: str, shown: Exhibit) -> bytes:
    return exports.FORMATS[kind].write(None, shown.table, shown.words)


def _template(name: str, kind: str, given: Given) -> AskedFile:
    _check_kind(kind, list(template.MIMES))
    choices, tables = address.read(given, clock.today())
    draw = partial(_draw_template, kind, choices.lang, tables)
    return _asked(f"{name}.{kind}", template.MIMES[kind], True, choices, draw)


def _draw_template(kind: str, lang: str, tables: Tables, data: str, progress: Progress) -> NamedFile:
    places = list(tables.prefectures()[f"name_{lang}"])
    write = partial(count_template.write, kind, lang, places)
    return NamedFile(f"{_TEMPLATE}.{kind}", f"{count_template.name(lang)}.{kind}", write)


def _check_kind(kind: str, known: Sequence[str]) -> None:
    """Raises RequestError where there is no such kind of file, DashError where this machine cannot make it."""
    if kind not in known:
        raise RequestError(404, "unknown_format", found=kind, expected=", ".join(known))
    if not registry.is_made_here(kind):
        raise DashError("export_no_chrome", format=kind.upper())


def _asked(
    path: str, mime: str, is_quick: bool, choices: Choices, draw: Callable[[str, Progress], NamedFile], *more: str
) -> AskedFile:
    data = defaults.state(choices.data)
    parts = [TAG, data, path, *more, address.query(address.write(choices))]
    mark = hashlib.blake2b("\0".join(parts).encode(), digest_size=12).hexdigest()
    # weak: a file that names the moment at which it was made has other bytes each time
    return AskedFile(choices.lang, mime, f'W/"{mark}"', is_quick, choices.data, data, partial(draw, data))
