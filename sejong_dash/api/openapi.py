"""Describes the addresses of files to programs, as OpenAPI 3.1 has it; built from the registries."""

import json
from collections.abc import Iterable
from typing import Any

from sejong_dash import exports
from sejong_dash import words as wording
from sejong_dash.decks import decks
from sejong_dash.exports.sheets import template
from sejong_dash.exports.single_file import SINGLE_FORMATS
from sejong_dash.version import VERSION

from . import parameters, problem_document, registry
from .parameters import Parameter

MIME = "application/vnd.oai.openapi+json;version=3.1"
_JSON_TYPES = {"application/json"}
_FAILURES = {
    "304": "not_modified",
    "400": "wrong_choices",
    "404": "nothing_to_show",
    "405": "wrong_method",
    "500": "failed",
    "501": "not_made_here",
    "503": "busy",
}


def describe(lang: str) -> dict[str, Any]:
    """Return the description, its texts in one language."""
    words = wording.of(__file__, lang)
    exhibits, kinds = list(registry.rooms()), {kind.suffix: kind.mime for kind in SINGLE_FORMATS.values()}
    bound = {name: kind.mime for name, kind in exports.REPORT_FORMATS.items()}
    receipts = {kind: exports.FORMATS[kind].mime for kind in registry.RECEIPT_FORMATS}
    empty, shared = dict(template.MIMES), parameters.of_exhibits(lang)
    return {
        "openapi": "3.1.1",
        "info": {"title": words("app"), "version": VERSION, "description": words("about")},
        "servers": [{"url": "."}],
        "paths": {
            "/{exhibit}.{format}": _path(
                "getExhibit", words("exhibit"), [_in_path("exhibit", exhibits), _in_path("format", kinds)], shared, kinds, lang
            ),
            "/set/{set}.{format}": _path(
                "getSet",
                words("set"),
                [_in_path("set", decks()), _in_path("format", bound)],
                [*shared, *parameters.of_sets(lang)],
                bound,
                lang,
            ),
            "/receipt.{format}": _path(
                "getReceipt",
                words("receipt"),
                [_in_path("format", receipts)],
                [*shared, *parameters.of_receipts(lang)],
                receipts,
                lang,
            ),
            "/template.{format}": _path(
                "getTemplate", words("template"), [_in_path("format", template.MIMES)], shared[:1], empty, lang
            ),
        },
        "components": {"schemas": {"Problem": _problem(lang)}},
    }


def as_json(lang: str) -> bytes:
    """Return the description as a file."""
    return json.dumps(describe(lang), ensure_ascii=False, indent=1).encode()


def _path(
    operation: str, summary: str, in_path: list[dict[str, Any]], given: list[Parameter], kinds: dict[str, str], lang: str
) -> dict[str, Any]:
    words = wording.of(__file__, lang)
    content = {mime: {} if mime in _JSON_TYPES else {"schema": {"type": "string"}} for mime in dict.fromkeys(kinds.values())}
    headers = {
        "ETag": {"description": words("etag"), "schema": {"type": "string"}},
        "Content-Disposition": {"description": words("disposition"), "schema": {"type": "string"}},
    }
    responses = {"200": {"description": summary, "headers": headers, "content": content}, **_failures(lang)}
    known = {"name": "If-None-Match", "in": "header", "description": words("if_none_match"), "schema": {"type": "string"}}
    everything = [*in_path, *map(_in_query, given), known]
    get = {"operationId": operation, "summary": summary, "parameters": everything, "responses": responses}
    head = {"operationId": f"{operation}Head", "summary": words("head"), "parameters": everything}
    bare = {status: {"description": response["description"]} for status, response in responses.items()}
    return {"get": get, "head": {**head, "responses": bare}}


def _failures(lang: str) -> dict[str, Any]:
    words, problems = wording.of(__file__, lang), wording.of(problem_document.__file__, lang)
    content = {problem_document.MIME: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    found: dict[str, Any] = {}
    for status, kind in _FAILURES.items():
        found[status] = {"description": words(kind) if status == "304" else problems(f"{kind}.title")}
        if status != "304":
            found[status]["content"] = content
        if status == "503":
            found[status]["headers"] = {"Retry-After": {"schema": {"type": "integer"}}}
    return found


def _in_path(name: str, known: Iterable[str]) -> dict[str, Any]:
    return {"name": name, "in": "path", "required": True, "schema": {"type": "string", "enum": list(known)}}


def _in_query(parameter: Parameter) -> dict[str, Any]:
    schema = {name: value for name, value in parameter.schema.items() if name != "example"}
    entry: dict[str, Any] = {"name": parameter.name, "in": "query", "description": parameter.about, "schema": schema}
    entry |= {"required": True} if parameter.is_required else {}
    return entry | ({"example": parameter.schema["example"]} if "example" in parameter.schema else {})


def _problem(lang: str) -> dict[str, Any]:
    text = {"type": "string"}
    wrong = {"type": "object", "properties": {name: text for name in ("parameter", "expected", "found", "detail")}}
    return {
        "type": "object",
        "description": wording.of(__file__, lang)("problem"),
        "required": ["type", "title", "status", "detail"],
        "properties": {
            "type": {"type": "string", "format": "uri-reference"},
            "title": text,
            "status": {"type": "integer"},
            "detail": text,
            "errors": {"type": "array", "items": wrong},
        },
    }
