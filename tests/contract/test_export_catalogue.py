"""The list of files and their description name every file that there is, and none that is not."""

import json

import pytest
from discovery import NAMES
from files_by_address import fetched, problem

from sejong_dash import words
from sejong_dash.api import catalogue, problem_document
from sejong_dash.decks import decks
from sejong_dash.exhibits import address
from sejong_dash.exports.single_file import SINGLE_FORMATS


@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_the_list_for_people_has_every_file(lang: str) -> None:
    answer = fetched(f"?lang={lang}", accept="text/html,application/xhtml+xml,*/*;q=0.8")
    page = answer.body.decode()
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert (answer.headers["content-language"], f'<html lang="{lang}">' in page) == (lang, True)
    for name in NAMES:
        short = name.partition(".")[2]
        assert f'href="{short}.csv?lang={lang}"' in page
        assert (f'href="{short}.png?lang={lang}"' in page) == (not name.startswith("cards."))
    assert all(f'href="set/{name}.pptx?lang={lang}"' in page for name in decks())
    assert all(f'id="{kind.replace("_", "-")}"' in page for kind in problem_document.KINDS)
    assert all(f"<code>{name}</code>" in page for name in (*address.PARAMETERS, "slides", "languages", "receipt"))
    assert "http" not in page.replace("https://", "http").partition("<body>")[2], "nothing comes from elsewhere"


def test_the_list_for_programs_names_files_that_are_there() -> None:
    for headers, path in (
        ({"accept": "*/*"}, ""),
        ({"accept": "text/html"}, "?format=json"),
        ({"accept": "application/json"}, ""),
    ):
        answer = fetched(path, **headers)
        assert answer.headers["content-type"] == "application/json"
    content = json.loads(answer.body)
    assert {each["name"] for each in content["exhibits"]} == {name.partition(".")[2] for name in NAMES}
    assert {each["name"] for each in content["sets"]} == set(decks())
    assert fetched("", if_none_match=answer.headers["etag"]).status == 304
    first = content["exhibits"][0]
    assert fetched(first["files"]["json"]).status == 200


@pytest.mark.thorough
@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_the_description_is_openapi_and_complete(lang: str) -> None:
    from openapi_spec_validator import validate  # 1.5 s, which at the top every worker would pay before its first test

    answer = fetched(f"{catalogue.OPENAPI}?lang={lang}")
    assert answer.headers["content-type"].startswith("application/vnd.oai.openapi+json")
    content = json.loads(answer.body)
    validate(content)
    exhibit = content["paths"]["/{exhibit}.{format}"]["get"]
    given = {each["name"]: each for each in exhibit["parameters"]}
    assert set(given["exhibit"]["schema"]["enum"]) == {name.partition(".")[2] for name in NAMES}
    assert given["format"]["schema"]["enum"] == list(SINGLE_FORMATS)
    assert [name for name, each in given.items() if each["in"] == "query"] == list(address.PARAMETERS)
    assert {"200", "304", "400", "404", "405", "500", "501", "503"} == set(exhibit["responses"])
    assert set(content["paths"]["/set/{set}.{format}"]["get"]["parameters"][0]["schema"]["enum"]) == set(decks())


@pytest.mark.thorough
def test_what_the_description_offers_is_taken() -> None:
    content = json.loads(fetched(catalogue.OPENAPI).body)
    for each in content["paths"]["/{exhibit}.{format}"]["get"]["parameters"]:
        if each["in"] == "query" and each["name"] != "data":  # no version is frozen
            for value in each["schema"].get("enum") or [each["example"]]:
                answer = fetched(f"goal_bar.csv?{each['name']}={value}")
                assert answer.status == 200 or problem(answer)["type"] == "/export/#nothing-to-show", each["name"]
