"""Lists every file that can be asked for: as a page for people and as JSON for programs."""

import json
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from sejong_dash import exports, theme
from sejong_dash import words as wording
from sejong_dash.decks import decks
from sejong_dash.exhibits import address
from sejong_dash.version import TAG

from . import parameters, problem_document, registry

OPENAPI = "openapi.json"


def as_json(lang: str) -> bytes:
    """Return the list for programs; every address in it is relative to that of the list."""
    content = {
        "application": f"{wording.shared(lang)('app')} {TAG}",
        "description": OPENAPI,
        "lang": lang,
        "exhibits": _exhibits(lang),
        "sets": _sets(lang),
        "receipt": {"parameters": ["receipt"], "files": _files("receipt", registry.RECEIPT_FORMATS)},
        "template": {"files": _files("template", registry.TEMPLATE_FORMATS)},
        "parameters": [
            {"name": each.name, "about": each.about, "schema": each.schema}
            for each in (*parameters.of_exhibits(lang), *parameters.of_sets(lang), *parameters.of_receipts(lang))
        ],
    }
    return json.dumps(content, ensure_ascii=False, indent=1).encode()


def as_page(lang: str) -> bytes:
    """Return the list for people, with links to every file."""
    words, problems = wording.of(__file__, lang), wording.of(problem_document.__file__, lang)
    page = _environment().get_template("catalogue.html")
    return page.render(
        words=words,
        fonts=theme.FONTS[lang],
        colours=theme.own_page_colours(),
        languages=wording.LANGUAGE_NAMES,
        query=address.query({"lang": lang}),
        receipt_query=address.query({"lang": lang, "receipt": "2026-05-06"}),
        exhibits=_exhibits(lang),
        sets=_sets(lang),
        receipts=_files("receipt", registry.RECEIPT_FORMATS),
        templates=_files("template", registry.TEMPLATE_FORMATS),
        parameters=parameters.of_exhibits(lang),
        set_parameters=parameters.of_sets(lang),
        receipt_parameters=parameters.of_receipts(lang),
        problems=[(kind.replace("_", "-"), problems(f"{kind}.title")) for kind in problem_document.KINDS],
        openapi=OPENAPI,
    ).encode()


def _exhibits(lang: str) -> list[dict[str, Any]]:
    return [
        {
            "name": name,
            "title": registry.words_of(name, lang)("title"),
            "files": _files(name, [kind.suffix for kind in registry.formats_of(name)]),
        }
        for name in registry.rooms()
    ]


def _sets(lang: str) -> list[dict[str, Any]]:
    return [
        {
            "name": name,
            "title": deck.titles[lang],
            "needs": ["prefecture"] if deck.of_prefecture else [],
            "files": _files(f"set/{name}", exports.REPORT_FORMATS),
        }
        for name, deck in decks().items()
    ]


def _files(path: str, kinds: Any) -> dict[str, str]:
    return {kind: f"{path}.{kind}" for kind in kinds}


@cache
def _environment() -> Environment:
    loader = PackageLoader(__package__, "templates")
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
