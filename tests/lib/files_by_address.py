"""Asks the routes of files as a program does."""

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote

from answers import Answer, ask
from starlette.applications import Starlette

from sejong_dash.api.routes import export_routes
from sejong_dash.choices import Choices
from sejong_dash.exhibits import address

APP = Starlette(routes=export_routes())


def fetched(path: str, method: str = "GET", **headers: str) -> Answer:
    """The answer to a path below `/export/`, with its query."""
    return ask(APP, f"/export/{path}", method, **headers)


def path_of(file: str, choices: Choices, **more: str) -> str:
    return file + address.query(address.write(choices) | more)


def problem(answer: Answer) -> Mapping[str, Any]:
    assert answer.headers["content-type"] == "application/problem+json"
    return json.loads(answer.body)


def local_name(answer: Answer) -> str:
    """The name of a file in the reader's language, as a browser takes it."""
    return unquote(answer.headers["content-disposition"].partition("filename*=UTF-8''")[2])
