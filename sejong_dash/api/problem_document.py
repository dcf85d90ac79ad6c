"""Says what is wrong with a request as a problem document (RFC 9457), in the reader's language."""

import json
from collections.abc import Mapping
from typing import Any

from starlette.responses import Response

from sejong_dash import errors
from sejong_dash import words as wording
from sejong_dash.errors import AddressError, DashError, TableError
from sejong_dash.exhibits.error_text import describe_error, describe_parameter
from sejong_dash.words import Words

MIME = "application/problem+json"
KINDS = (
    *("wrong_choices", "unknown_exhibit", "unknown_set", "unknown_format", "unknown_address"),
    *("nothing_to_show", "no_days", "wrong_method", "busy", "moving", "not_made_here", "table", "failed"),
)
"""What may be wrong: the end of a document's `type`, and an entry of problem_document.toml."""


class RequestError(Exception):
    """A request that cannot be answered with a file; `kind` is one of KINDS, `fields` go into its sentence."""

    def __init__(self, status: int, kind: str, headers: Mapping[str, str] | None = None, **fields: str) -> None:
        super().__init__(kind, fields)
        self.status, self.kind, self.headers, self.fields = status, kind, headers or {}, fields


def of_request(error: RequestError, lang: str, root: str) -> Response:
    """Return the answer to a request that cannot be answered; `root` is the path of `/export`."""
    words = wording.of(__file__, lang)
    return _document(
        error.status, error.kind, words(f"{error.kind}.detail", **error.fields), words, root, error.fields, error.headers
    )


def of_failure(error: DashError, lang: str, root: str) -> Response:
    """Return the answer where an address or a table cannot be used, or a file cannot be made."""
    words, sentences = wording.of(__file__, lang), wording.of(errors.__file__, lang)
    if isinstance(error, AddressError):
        wrong = [
            {
                "parameter": problem.column,
                "expected": problem.expected,
                "found": problem.found,
                "detail": describe_parameter(problem, sentences),
            }
            for problem in error.problems
        ]
        detail = sentences.sentences(describe_error(error, sentences).sentences)
        return _document(400, "wrong_choices", detail, words, root, {"errors": wrong})
    status, kind = (500, "table") if isinstance(error, TableError) else (500, "failed")
    if error.key == "export_no_chrome":
        status, kind = 501, "not_made_here"
    if error.key == "export_empty":
        status, kind = 404, "nothing_to_show"
    return _document(status, kind, sentences.sentences(describe_error(error, sentences).sentences), words, root, {})


def _document(
    status: int,
    kind: str,
    detail: str,
    words: Words,
    root: str,
    more: Mapping[str, Any],
    headers: Mapping[str, str] | None = None,
) -> Response:
    content = {
        "type": f"{root}/#{kind.replace('_', '-')}",
        "title": words(f"{kind}.title"),
        "status": status,
        "detail": detail,
        **more,
    }
    always = {"Content-Language": words.lang, "Cache-Control": "no-store", "Vary": "Accept-Language"}
    body = json.dumps(content, ensure_ascii=False, indent=1).encode()
    return Response(body, status, {**always, **(headers or {})}, MIME)
