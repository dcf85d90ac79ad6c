"""Everything that is said can be read in a picture, made on a machine that has no faces for it."""

import json
import os
import subprocess
import sys
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

import pytest
from discovery import needs_chrome
from fontTools.ttLib import TTFont
from letter_figure import one_letter

from sejong_dash import theme
from sejong_dash.exports.pictures import chrome, faces
from sejong_dash.paths import FONTS, PROJECT
from tests.faces.__main__ import ICONS, icons_wanted, inside, ligatures

pytestmark = pytest.mark.dear

# what intake understands is read, never shown
SAID = [*PROJECT.glob("pages/*.toml"), *PROJECT.glob("sejong_dash/**/*.toml"), *PROJECT.glob("data/**/*.toml")]
SAID = [file for file in SAID if file.name != "vocabulary.toml"]
_DRAWING = ("charts", "maps", "measures", "layout", "exports")
DRAWN = [file for room in _DRAWING for file in PROJECT.glob(f"sejong_dash/{room}/**/*.py")]
DATA = [*PROJECT.glob("data/*.csv"), *PROJECT.glob("data/sample/*.csv")]


def letters(files: Iterable[Path]) -> set[str]:
    return {letter for file in files for letter in file.read_text("utf-8") if letter.isprintable()}


def held(weight: int) -> set[str]:
    """What a page finds in the files of a weight: a letter counts where the page looks it up, and nowhere else."""
    found = set()
    for part, ranges in faces.SLICES.items():
        found |= inside(ranges) & set(TTFont(FONTS / faces.file_name(part, weight)).getBestCmap())
    return {chr(code) for code in found}


@pytest.mark.parametrize("weight", faces.WEIGHTS)
def test_the_faces_hold_every_letter_of_words_and_data(weight: int) -> None:
    assert sorted(letters([*SAID, *DRAWN, *DATA]) - held(weight)) == []


@pytest.mark.parametrize("weight", faces.WEIGHTS)
def test_the_faces_hold_what_others_may_bring(weight: int) -> None:
    missing = {chr(code) for code in range(0xAC00, 0xD7A4)} - held(weight)
    assert missing == set()
    names = "髙槻鬱彌曾禰萬壽凜渕籠蠣"  # of people and places; the first is in no JIS X 0208
    assert {letter for letter in names if letter not in held(weight)} == {"髙"}


def test_no_character_is_looked_up_in_two_files() -> None:
    ranges = [inside(said) for said in faces.SLICES.values()]
    assert sum(map(len, ranges)) == len(set().union(*ranges))


def test_every_icon_that_may_be_shown_is_in_the_cut_one() -> None:
    whole, cut = ({name for name, _, _ in ligatures(TTFont(file))} for file in (ICONS, FONTS / ICONS.name))
    assert sorted(icons_wanted() & whole - cut) == [], "`make faces` cuts the icons anew"
    assert {"map", "download", "keyboard_double_arrow_left", "more_vert"} <= cut


def test_the_folder_is_small_and_says_under_which_licence() -> None:
    assert sum(file.stat().st_size for file in FONTS.iterdir()) < 4_000_000
    told = (FONTS / "README.md").read_text("utf-8")
    assert [file.name for file in FONTS.glob("*.woff2") if f"`{file.name}`" not in told] == []
    assert "SIL OPEN FONT LICENSE" in (FONTS / "OFL.txt").read_text("utf-8")
    assert "Apache License" in (FONTS / "APACHE.txt").read_text("utf-8")


def test_the_rules_name_files_that_are_there() -> None:
    named = [urlsplit(part.partition("'")[0]) for part in faces.css().split("url('")[1:]]
    assert len(named) == len(set(theme.PRINTED_FACES.values())) * len(faces.WEIGHTS) * len(faces.SLICES)
    assert all(Path(url2pathname(one.path)).is_file() for one in named)
    assert {face for face in theme.PRINTED_FACES.values() if f"'{face}'" in faces.css()} == set(theme.PRINTED_FACES.values())


# Said over a pipe: what pictures a process makes whose Chrome finds no face on the machine.
_PROBE = """
import hashlib, json, sys
from letter_figure import one_letter
from sejong_dash.exports.pictures import chrome
asked = json.loads(sys.stdin.read())
made = [chrome.picture(one_letter(letter, lang), "png", 160, 120, 1) for letter, lang in asked]
print(json.dumps([hashlib.sha256(one).hexdigest() for one in made]))
"""


def latin_alone(folder: Path) -> Path:
    """A configuration of fonts with one face for Latin: without any at all Chrome ends at the first letter that it misses."""
    face = TTFont(FONTS / faces.file_name("latin", 400))
    face.flavor = None
    face.save(folder / "latin.otf")
    conf = folder / "fonts.conf"
    conf.write_text(
        f'<?xml version="1.0"?><fontconfig><dir>{folder}</dir><cachedir>{folder / "cache"}</cachedir></fontconfig>', "utf-8"
    )
    return conf


@needs_chrome
def test_a_machine_without_a_face_for_it_draws_korean_and_japanese(tmp_path: Path) -> None:
    bare = latin_alone(tmp_path)
    boxes = [("\ue000", "ko"), ("\ue001", "ko")]
    told = [(letter, lang) for letter in "세쀍の栃籠A−★" for lang in ("ko", "ja")]
    bold = [(f"<b>{letter}</b>", "ko") for letter in "세쀍の栃"]
    run = subprocess.run(
        [sys.executable, "-c", _PROBE],
        input=json.dumps([*boxes, *told, *bold]),
        env=os.environ | {"FONTCONFIG_FILE": str(bare), "PYTHONPATH": os.pathsep.join([str(PROJECT), *sys.path])},
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
    )
    assert run.returncode == 0, run.stderr
    first, second, *rest = json.loads(run.stdout)
    assert first == second, "what no face holds is drawn as the same box"
    assert first not in rest
    ours = rest[: len(told)]
    assert ours[::2] == ours[1::2], "both languages have the same letters"
    assert len({*ours[::2], *rest[len(told) :]}) == len(ours[::2]) + len(bold)


@needs_chrome
def test_each_of_several_viewers_gets_their_own_picture() -> None:
    drawn = {letter: chrome.picture(one_letter(letter), "png", 160, 120, 1) for letter in "가나다라"}
    asked = [*drawn] * 4
    with ThreadPoolExecutor(len(drawn)) as viewers:
        made = list(viewers.map(lambda letter: chrome.picture(one_letter(letter), "png", 160, 120, 1), asked))
    assert [asked[n] for n, one in enumerate(made) if one != drawn[asked[n]]] == []


@needs_chrome
def test_a_chrome_that_crashed_is_replaced() -> None:
    before = chrome.picture(one_letter("가"), "png", 160, 120, 1)
    crashed = chrome._open
    assert crashed
    crashed._chrome.browser.subprocess.kill()
    crashed._chrome.browser.subprocess.wait(20)
    with pytest.raises(Exception, match=r"[Cc]losed"):
        chrome.picture(one_letter("가"), "png", 160, 120, 1)
    assert chrome.picture(one_letter("가"), "png", 160, 120, 1) == before
    assert chrome._open is not crashed
