"""Tests that the answers about a sender's files are kept, found again by the headings, and may be edited by hand."""

from pathlib import Path

import pytest
from examples import examples
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sejong_dash.errors import DashError
from sejong_dash.store import reading_profiles
from sejong_dash.store.reading_profiles import ReadingProfile

HEADINGS = ("날짜", "도도부현", "방문객수(성인)")
PROFILE = ReadingProfile(
    HEADINGS,
    {"heading:방문객수(성인)": "visitors", "column:성별": "sum:남|여"},
    {"encoding": "cp949", "order": "dmy"},
    {"VIP": "group"},
    "여행사 A",
)


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SEJONG_DATA", str(tmp_path))
    return tmp_path


def test_a_profile_comes_back_for_the_same_headings() -> None:
    assert reading_profiles.load(HEADINGS) is None
    reading_profiles.save(PROFILE)
    assert reading_profiles.load(HEADINGS) == PROFILE
    assert reading_profiles.load((" 날 짜 ", "도도부현", "방문객수（성인）", "")) == PROFILE
    assert reading_profiles.load(("도도부현", "날짜", "방문객수(성인)")) is None


def test_a_profile_is_replaced_and_forgotten() -> None:
    reading_profiles.save(PROFILE)
    reading_profiles.save(ReadingProfile(HEADINGS, {"title:예약": "counts"}))
    loaded = reading_profiles.load(HEADINGS)
    assert loaded is not None
    assert loaded.readings == {"title:예약": "counts"}
    reading_profiles.delete(HEADINGS)
    reading_profiles.delete(HEADINGS)
    assert reading_profiles.load(HEADINGS) is None


def test_the_year_of_a_file_is_never_kept() -> None:
    reading_profiles.save(ReadingProfile(HEADINGS, choices={"year": "2026", "order": "mdy"}))
    loaded = reading_profiles.load(HEADINGS)
    assert loaded is not None
    assert dict(loaded.choices) == {"order": "mdy"}


def test_a_profile_may_be_edited_by_hand(data: Path) -> None:
    reading_profiles.save(PROFILE)
    (file,) = (data / ".readings").iterdir()
    file.write_text(file.read_text("utf-8").replace('"VIP" = "group"', '"VIP" = "individual"'), "utf-8")
    loaded = reading_profiles.load(HEADINGS)
    assert loaded is not None
    assert dict(loaded.channels) == {"VIP": "individual"}


@pytest.mark.parametrize(
    "content", ["x", "headings = 3", 'headings = ["a"]\nreadings = 5', 'headings = ["a"]\n[readings]\na = 1', b"\xff"]
)
def test_a_profile_that_is_broken_is_named(data: Path, content: str | bytes) -> None:
    reading_profiles.save(PROFILE)
    (file,) = (data / ".readings").iterdir()
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(DashError) as refused:
        reading_profiles.load(HEADINGS)
    assert refused.value.fields["file"] == file.name


TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x7f"), max_size=20)


@settings(max_examples=examples(50), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(TEXTS, max_size=5), st.dictionaries(TEXTS, TEXTS, max_size=4), TEXTS)
def test_any_text_is_kept_as_it_is(headings: list[str], readings: dict[str, str], name: str) -> None:
    profile = ReadingProfile(tuple(headings), readings, {}, {}, name)
    reading_profiles.save(profile)
    assert reading_profiles.load(headings) == profile
