"""What the dashboard relies on inside Streamlit's front end is still there, and stands where docs/streamlit_border.md says.

A test that fails here names the reliance that a new version of Streamlit breaks; its file says what that means, and how it is
switched off.
"""

import importlib
import logging
import re
from collections.abc import Callable, Iterator
from functools import cache
from importlib.metadata import version
from pathlib import Path

import document_rules
import pytest
import streamlit as st

from sejong_dash import border
from sejong_dash.maps import prefecture_map
from sejong_dash.paths import PROJECT
from sejong_dash.ui.browser import asset, selectors, translations

BROWSER = PROJECT / "sejong_dash" / "ui" / "browser"
DOCUMENT = PROJECT / "docs" / "streamlit_border.md"
INSTALLED = f"Streamlit {version('streamlit')}"


@cache
def front_end(stem: str = "*") -> str:
    """Every script of Streamlit's front end, or that of one part of it."""
    folder = Path(st.__file__).parent / "static" / "static" / "js"
    return "\n".join(file.read_text("utf-8") for file in sorted(folder.glob(f"{stem}.*.js")))


def sources(*kinds: str) -> Iterator[tuple[Path, str]]:
    for path in sorted((PROJECT / "sejong_dash").rglob("*")):
        if path.suffix in kinds and path.parent.name != "plotly_script":  # which is not ours
            yield path, path.read_text("utf-8")


@pytest.fixture
def switched_off(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    return lambda names: monkeypatch.setenv("SEJONG_BORDER_OFF", names)


@pytest.mark.parametrize("selector", selectors.SELECTORS.values(), ids=list(selectors.SELECTORS))
def test_a_selector_meets_something(selector: selectors.Selector) -> None:
    name = re.escape(selector.name)
    named = re.compile(rf"{name}(?<![\w-]{name})(?![\w-])")  # the name first: searched five times as fast as a lookbehind
    assert named.search(front_end()), f"{INSTALLED} has no {selector.name} any more. It is looked for so that: {selector.use}."


# What else a script looks for: reliance, part of the front end, what must stand there, what breaks.
WRITTEN = [
    ("visit", "index", r"addEventListener\(`popstate`,this\.onHistoryChange", "a slide's page is not shown when it is asked for"),
    (
        "menu_step",
        "index",
        r":\w=`stSidebarNavLink`;|\?`stTopNavLink`:`stSidebarNavLink`",
        "the way back takes two steps for each page",
    ),
    (
        "menu_step",
        "index",
        r'"data-testid":\w+,isActive:\w+,disabled:\w+,isInDropdown:\w+,href:',
        "the page menu has no links any more",
    ),
    ("slow_press", "DeckGlJsonChart", r"case`mousemove`:\w+\.buttons===0&&", "slow presses on the map choose nothing"),
    ("slow_press", "DeckGlJsonChart", r"\.match\(/{\(\.\*\?\)}/g\)", "the tooltip carries no code: slow presses choose nothing"),
    ("slow_press", "DeckGlJsonChart", r"\.style\.display=`none`", "a slow press beside the prefectures may choose one"),
    ("entry_grid", "*", r"`textarea`,{className:`gdg-input`,autoFocus:!0", "fast typing into a table loses its second letter"),
    ("host_config", "index", r"window\.__streamlit\b", "the page asks where its server is before it connects"),
    ("host_config", "index", r"\?\.BACKEND_BASE_URL", "the page asks where its server is before it connects"),
    ("host_config", "index", r"\?\.HOST_CONFIG\b", "the page asks for its host's settings before it connects"),
    ("host_config", "index", "allowedOrigins", "the page asks for its host's settings before it connects"),
    ("host_config", "index", "useExternalAuthToken", "the page asks for its host's settings before it connects"),
]


@pytest.mark.parametrize(("name", "stem", "pattern", "breaks"), WRITTEN, ids=[f"{case[0]}:{case[2]}" for case in WRITTEN])
def test_a_script_finds_what_it_looks_for(name: str, stem: str, pattern: str, breaks: str) -> None:
    assert name in border.RELIANCES
    assert re.search(pattern, front_end(stem)), f"{INSTALLED} breaks {name}: {breaks}."


def test_the_map_s_tooltip_carries_the_code() -> None:
    assert "data-code='{jis_code}'" in prefecture_map._TOOLTIP, "slow_press.js reads it"


def test_each_selector_is_written_once() -> None:
    """In selectors.py, and one in the page that the server changes; all else names them."""
    classes = [re.escape(selector.css) for selector in selectors.SELECTORS.values() if selector.css.startswith(".")]
    written = re.compile("|".join(["data-testid", "st-emotion", r"(?<![\w-])\.st[A-Z]\w+", *classes]))
    found = [
        f"{path.relative_to(PROJECT)}: {hit.group()}"
        for path, text in sources(".py", ".css", ".js", ".toml")
        if path.name not in {"selectors.py", "index_page.py"}
        and "exports" not in path.parts  # files that Streamlit does not show
        for hit in written.finditer(text)
    ]
    assert found == []


def test_every_selector_is_used_and_known() -> None:
    texts = [text for path, text in sources(".py", ".css", ".js") if path.name != "selectors.py"]
    used = [pair for text in texts for pair in re.findall(r":st\((\w+)\)|selectors\.css\(['\"](\w+)", text)]
    assert {name for pair in used for name in pair if name} == set(selectors.SELECTORS)
    with pytest.raises(KeyError):
        selectors.fill(":st(nothing) {}")


def test_no_global_of_the_browser_is_replaced() -> None:
    """But for names of ours, which begin with `sejong`."""
    given = re.compile(
        r"\b(?:(?:globalThis|window|document)\.(?!sejong|cookie\b)[\w.]+|(?:Date|Math|JSON|history|Element)\.[\w.]+)\s*\??\??=(?![=>])"
    )
    found = [f"{path.name}: {hit.group()}" for path, text in sources(".js") for hit in given.finditer(text)]
    assert found == []


def test_a_selector_can_be_switched_off(switched_off: Callable[[str], None]) -> None:
    switched_off("selectors.skeleton")
    assert selectors.fill(":st(app) :st(skeleton)") == "[data-testid=stApp] :not(*)"
    switched_off("selectors")
    assert selectors.fill(":st(app) :st(main)") == ":root :not(*)"


SCRIPTS = sorted(name for name in border.RELIANCES if (BROWSER / f"{name}.js").exists())


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_script_can_be_switched_off(name: str, switched_off: Callable[[str], None]) -> None:
    assert asset(f"{name}.js")
    switched_off(f"run_ends {name}")
    assert asset(f"{name}.js") == ""
    assert asset("page_frame.js")


def test_translations_can_be_switched_off(switched_off: Callable[[str], None]) -> None:
    assert translations.table("ko")
    switched_off("translations")
    assert translations.table("ko") == []


def test_another_version_is_named_at_the_start(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    monkeypatch.setattr(border, "version", lambda name: "9.9.9")
    with caplog.at_level(logging.WARNING):
        border.check()
    assert "9.9.9" in caplog.text
    assert border.TRIED_WITH in caplog.text


def test_the_version_that_is_installed_is_the_one_that_was_tried(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        border.check()
    assert caplog.text == "", "once all tests pass with a new version, name it in border.TRIED_WITH"


def test_what_is_switched_off_or_misspelt_is_named(switched_off: Callable[[str], None], caplog: pytest.LogCaptureFixture) -> None:
    switched_off("run_ends selectors.main nothing")
    with caplog.at_level(logging.WARNING):
        border.check()
    said = [record.getMessage() for record in caplog.records]
    assert [line.split()[0] for line in said[:2]] == ["run_ends", "selectors.main"]
    assert "nothing" in said[2]
    with pytest.raises(KeyError):
        border.is_off("nothing")


def test_the_document_and_the_code_agree() -> None:
    assert document_rules.first_cells(DOCUMENT, {"reliance"}) == set(border.RELIANCES)
    assert document_rules.first_cells(DOCUMENT, {"selector"}) == set(selectors.SELECTORS)
    text = DOCUMENT.read_text("utf-8")
    assert border.TRIED_WITH in text
    assert [selector.name for selector in selectors.SELECTORS.values() if f"| `{selector.name}` |" not in text] == []


@pytest.mark.parametrize("name", border.RELIANCES)
def test_a_reliance_says_what_it_must(name: str) -> None:
    folders = {"access", "browser", "message_queue", "serving", "sessions"}
    heads = [text[:2500] for path, text in sources(".py", ".js") if path.stem == name and path.parent.name in folders]
    for part in ("Relies on:", "ried with", border.TRIED_WITH, "Without", "Off:", f"`{name}`"):
        assert part in "".join(heads), f"{name} does not say: {part}"


def test_streamlit_s_inside_is_imported_by_reliances_alone() -> None:
    for path, text in sources(".py"):
        for name in re.findall(r"^\s*(?:from|import) (streamlit\.[\w.]+)", text, re.MULTILINE):
            assert path.stem in border.RELIANCES, f"{path.stem} imports {name}"
            try:
                importlib.import_module(name)
            except ImportError as trouble:
                pytest.fail(f"{INSTALLED} breaks {path.stem}: {trouble}")
