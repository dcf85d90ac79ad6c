"""Every text that a reader sees keeps to the glossary: docs/glossary.md."""

import csv
import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any

import pytest

from sejong_dash import words
from sejong_dash.paths import PROJECT

GLOSSARY = PROJECT / "docs" / "glossary.md"
TOMLS = sorted(
    path for room in ("sejong_dash", "pages", "data") for path in (PROJECT / room).rglob("*.toml") if ".frozen" not in path.parts
)
TABLES = sorted((PROJECT / "data").glob("*.csv"))
HEADING = re.compile(r"(^|\.)(title|unit|label)$|^(figure|columns|part)\.")
# Column headings whose values are people, days or money: the unit stands in brackets, in Korean and Japanese.
COUNTED = re.compile(r"(관람객|인원|누계|来場者数?|人数|累計)$")
HANGUL = re.compile("[가-힣]")


@cache
def ruled_out() -> Mapping[str, list[tuple[str, str]]]:
    """The patterns that the glossary rules out, with the term to use, by language."""
    section = GLOSSARY.read_text("utf-8").split("## Ruled out")[1].split("\n## ")[0]
    rows = [re.split(r"(?<!\\)\|", line)[1:-1] for line in section.splitlines() if line.startswith("| ")][1:]
    found: dict[str, list[tuple[str, str]]] = {lang: [] for lang in words.LANGUAGES}
    for lang, pattern, use in rows:
        found[lang.strip()].append((pattern.strip().replace("\\|", "|"), use.strip()))
    return found


def breaches(text: str, lang: str) -> list[str]:
    """What the glossary rules out in a text. The names and forms of its fields are no words."""
    plain = re.sub(r"%?\{[^{}]*\}", "0", text)
    return [f"{pattern}: {use}" for pattern, use in ruled_out()[lang] if re.search(pattern, plain)]


def entries(tree: Mapping[str, Any], key: str = "") -> Iterator[tuple[str, str, str]]:
    """Key, language and text of every entry of a file."""
    for name, below in tree.items():
        if isinstance(below, Mapping):
            yield from entries(below, f"{key}.{name}".strip("."))
        elif isinstance(below, str) and name in words.LANGUAGES:
            yield key, name, below


def cells(path: Path) -> Iterator[tuple[str, str, str]]:
    """Place, language and text of every cell of a table whose column is in one language."""
    with path.open(encoding="utf-8", newline="") as file:
        for line, row in enumerate(csv.DictReader(file), start=2):
            for column, text in row.items():
                lang = column.rpartition("_")[2]
                if lang in words.LANGUAGES and text:
                    yield f"line {line}, {column}", lang, text


def read(path: Path) -> list[tuple[str, str, str]]:
    return list(cells(path) if path.suffix == ".csv" else entries(tomllib.loads(path.read_text("utf-8"))))


@cache
def texts(*paths: Path) -> tuple[tuple[Path, str, str, str], ...]:
    """File, key, language and text of every entry."""
    return tuple((path.relative_to(PROJECT), *entry) for path in paths for entry in read(path))


def test_a_text_has_no_word_that_the_glossary_rules_out() -> None:
    found = [(*entry, breaches(entry[3], entry[2])) for entry in texts(*TOMLS, *TABLES)]
    assert [breach for breach in found if breach[4]] == []


def test_a_heading_is_no_question() -> None:
    headings = [entry for entry in texts(*TOMLS) if HEADING.search(entry[1])]
    assert len(headings) > 300
    assert [entry for entry in headings if re.search(r"[?？]$|(か|ますか)$", entry[3])] == []


def test_a_column_of_people_names_its_unit() -> None:
    columns = [entry for entry in texts(*TOMLS) if entry[1].startswith("columns.") and not entry[1].endswith("rank")]
    assert len(columns) > 300
    assert [entry for entry in columns if entry[2] != "en" and COUNTED.search(entry[3])] == []


def test_an_english_noun_after_a_number_is_in_the_number_by_rule() -> None:
    """`{days} days` would also be written of one day; of a number that is never 1 (a goal, thousands) it may stand."""
    counted = re.compile(r"\{(?:days|count|rows|number|stale_days|lacking)\} (?:days|rows|counts|figures|prefectures|projects)\b")
    assert [entry for entry in texts(*TOMLS) if entry[2] == "en" and counted.search(entry[3])] == []


def test_forms_of_a_language_stand_in_its_own_entries() -> None:
    """A particle is a form of Korean, a plural one of English."""
    for path, key, lang, text in texts(*TOMLS):
        forms = [form or "" for _, name, form, _ in Formatter().parse(re.sub(r"%\{+[^{}]*\}+", "", text)) if name]
        assert lang == "ko" or not any(HANGUL.search(form) for form in forms), (path, key)
        assert lang == "en" or not any("/" in form for form in forms), (path, key)


def test_the_verdict_is_at_most_two_sentences_of_sixty_letters() -> None:
    own = words.of(PROJECT / "sejong_dash" / "cards" / "verdict.py", "ko")
    day = "11월 30일, 11월 30일"
    fields = {"gap": "150,000", "chance": "약 55%", "goal": "150,000명 이상", "date": day, "dates": day, "days": "100"}
    fields |= {"counted": "150,000", "needed": "10,000"}
    reasons = [own(key, **fields) for key in ("forecast_short", "forecast_over", "plan_behind", "plan_ahead", "withheld")]
    reasons += [own(key, **fields) for key in ("counted", "result_short", "result_over", "opens", "goal", "uncounted", "stale")]
    verdicts = [own(key) for key in own if key.startswith("verdict.")]
    assert len(verdicts) == 7
    assert [text for text in (*verdicts, *reasons) if len(HANGUL.findall(text)) > 60 or len(re.findall(r"[.]\s", text)) > 1] == []


@pytest.mark.parametrize(
    ("lang", "text", "is_ruled_out"),
    [
        ("ko", "일본 방문객", True),
        ("ko", "일본 관람객", False),
        ("ko", "{name}을(를) 선택하세요.", True),
        ("ko", "어떻게 바뀌었나", True),
        ("ko", "경로별 관람객", True),
        ("ko", "유입 경로별 관람객", False),
        ("ko", "경로의 날", False),
        ("ja", "経路別来場者数", True),
        ("ja", "来場形態別来場者数", False),
        ("ja", "来るべき累計", True),
        ("ja", "来場者(人)", True),
        ("ja", "来場者（人）", False),
        ("ja", "フォルダを開く", True),
        ("ja", "フォルダーを開く", False),
        ("en", "Mend the file.", True),
        ("en", "Amended on {date}", False),
        ("en", "up to as-of", True),
        ("en", "up to the as-of date", False),
        ("en", "1 rows", True),
        ("en", "{told} visitors", False),
    ],
)
def test_a_ruled_out_word_is_noticed(lang: str, text: str, is_ruled_out: bool) -> None:
    assert bool(breaches(text, lang)) == is_ruled_out


def test_the_terms_of_the_glossary_keep_to_it() -> None:
    terms = GLOSSARY.read_text("utf-8").split("## Terms")[1].split("\n## ")[0]
    rows = [line.split("|")[1:-1] for line in terms.splitlines() if line.startswith("| ")][1:]
    assert len(rows) > 30
    for row in rows:
        cells_of = zip(words.LANGUAGES, row[2:], strict=True)
        assert [found for lang, cell in cells_of for found in breaches(cell.strip(), lang)] == [], row
