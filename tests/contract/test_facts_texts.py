"""The texts print names as the sources do, say "or more" of the goal, and tell of gardens as a plan to campaign."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import discovery
import pandas as pd
import pytest

from sejong_dash import words
from sejong_dash.cards import plan_decisions
from sejong_dash.choices import Choices
from sejong_dash.datasets import milestones, plans, programme
from sejong_dash.exhibits import exhibit
from sejong_dash.paths import PROJECT

# what the partner's name and the summary of a project must print, by language
PRINTED = {
    "shizuoka-governor": {
        "ko": ["가와가츠 헤이타(川勝平太)", "역사, 문화, 정원"],
        "ja": ["川勝平太"],
        "en": ["history, culture and gardens"],
    },
    "hamamatsu-flower-expo": {"ko": ["하마나코 꽃박람회", "20주년"], "ja": ["浜名湖花博", "20周年"], "en": ["20th-anniversary"]},
    "shizuoka-know-how": {"ko": ["20년"], "ja": ["20年"], "en": ["20 years"]},
    "chiba-promise": {
        "ko": ["구마가이 도시히토(熊谷俊人)", "디지털, 의료, 정원"],
        "ja": ["熊谷俊人"],
        "en": ["digital, medicine and gardens", "between town and country"],
    },
    "chiba-digital": {"ko": ["디지털플랫폼정부"], "ja": ["デジタルプラットフォーム政府"], "en": ["digital-platform government"]},
    "qst-hospital": {"ko": ["1994년", "QST"], "ja": ["1994年", "QST"], "en": ["1994", "QST Hospital"]},
    "toshiba-power-systems": {
        "ko": ["도시바 파워시스템즈", "자문", "약속"],
        "ja": ["東芝パワーシステムズ", "助言", "約束"],
        "en": ["Toshiba Power Systems", "advice", "promised"],
    },
    "toshiba-ess": {
        "ko": ["도시바 ESS", "참여"],
        "ja": ["東芝ESS", "参加"],
        "en": ["Toshiba Energy Systems & Solutions", "Toshiba ESS", "Takes part"],
    },
    "heavy-ion-centre": {
        "ko": ["중입자 가속기 암치료센터", "2028년", "5,000억 원", "대통령 공약"],
        "ja": ["2028年", "5,000億ウォン", "大統領の公約"],
        "en": ["2028", "KRW 500 billion", "presidential pledge"],
    },
    "nara-medical": {
        "ko": ["나라현립 의과대학", "충남대학교 의과대학이 세종캠퍼스"],
        "ja": ["奈良県立医科大学", "忠南大学校医科大学が世宗キャンパス"],
        "en": ["Nara Medical University", "Chungnam National University's college of medicine"],
    },
    "riken-quantum": {
        "ko": ["이화학연구소", "양자컴퓨팅센터"],
        "ja": ["理化学研究所", "日本初"],
        "en": ["RIKEN", "first quantum computer"],
    },
    "quera-kaist": {"ko": ["KAIST", "업무협약"], "ja": ["KAIST", "業務協定"], "en": ["QuEra", "KAIST", "business agreement"]},
    "yamanashi-hydrogen": {
        "ko": ["나가사키 코타로(長崎幸太郎)", "스마트시티", "수소에너지"],
        "ja": ["長崎幸太郎", "米倉山"],
        "en": ["Komekurayama", "smart-city", "hydrogen-energy"],
    },
    "kyoto-smart-city": {"ko": ["지능형 도시"], "ja": ["インテリジェントシティ"], "en": ["intelligent city"]},
    "jetro-startup": {
        "ko": ["일본무역진흥기구", "벤처", "힘을 모으기로"],
        "ja": ["日本貿易振興機構", "ベンチャー", "合意"],
        "en": ["JETRO", "Agreed to join forces", "ventures and start-ups"],
    },
    "expo-2025-osaka": {"ko": ["충청권", "수출기업"], "ja": ["忠清圏"], "en": ["Chungcheong"]},
    "governors-meeting": {
        "ko": ["제7회 한일지사회의", "11명", "스마트방범 로봇", "SPOT"],
        "ja": ["11人", "防犯ロボット", "SPOT"],
        "en": ["Eleven governors", "crime-prevention robots such as SPOT", "drone delivery"],
    },
    "japan-government": {
        "ko": ["기시다 후미오", "다케다 료타"],
        "ja": ["岸田文雄", "武田良太"],
        "en": ["Kishida Fumio", "Takeda Ryota"],
    },
    "japan-tour": {"ko": ["최민호", "4박 5일"], "ja": ["4泊5日"], "en": ["Choi Min-ho", "5 days and 4 nights"]},
    "press-conference": {"ko": ["중입자, 양자, 정원"], "ja": ["重粒子線、量子、庭園"], "en": ["heavy ions, quantum, gardens"]},
}

# A sentence about gardens in which Sejong already has asked somebody; other requests (a bus, a count) are not meant.
GARDEN = re.compile(r"정원|庭園|\bgardens?\b", re.IGNORECASE)
ASKED = re.compile(
    r"요청|要請|求め|依頼|희망|\b(asks?|asked|requests?|requested|seeks?|sought|invited to exhibit)\b", re.IGNORECASE
)
PLANNED = {"ko": "유치", "ja": "誘致", "en": "campaign"}
SENTENCE = re.compile(r"[.。:;]\s*|\n")
TEXTS = sorted(path for room in ("sejong_dash", "pages", "data") for path in (PROJECT / room).rglob("*.toml"))
TABLES = sorted((PROJECT / "data").glob("*.csv"))


def entries(tree: Mapping[str, Any], key: str = "") -> Iterator[tuple[str, str]]:
    for name, below in tree.items():
        if isinstance(below, Mapping):
            yield from entries(below, f"{key}.{name}")
        elif isinstance(below, str):
            yield f"{key}.{name}", below


def asks_for_a_garden(key: str, text: str) -> bool:
    """Whether a sentence says that somebody was asked for a garden; `key` may be what names the garden."""
    return any(ASKED.search(part) and (GARDEN.search(part) or GARDEN.search(key)) for part in SENTENCE.split(text))


@pytest.mark.parametrize("lang", words.LANGUAGES)
@pytest.mark.parametrize("project", PRINTED)
def test_names_stand_as_printed(project: str, lang: str) -> None:
    row = programme.load().set_index("project_id").loc[project]
    text = f"{row[f'partner_{lang}']} {row[f'summary_{lang}']}"
    assert [part for part in PRINTED[project][lang] if part not in text] == []


def test_every_project_has_its_names_checked() -> None:
    known = programme.load()["project_id"]
    assert set(known) - set(PRINTED) == {*programme.gardens()["project_id"], "shizuoka-invitation"}


@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_a_garden_is_a_plan_to_campaign(lang: str) -> None:
    own = words.shared(lang)
    texts = [own("status.campaign_planned"), own("role.garden")]
    texts += list(programme.gardens()[f"summary_{lang}"])
    dated = milestones.load()
    texts += list(dated.loc[dated["project_id"].isin(programme.gardens()["project_id"]), f"title_{lang}"])
    for name in ("cards/gardens", "cards/expo_plan", "cards/prefectures", "maps/prefecture_map", "charts/prefecture_days"):
        of_room = words.of(PROJECT / "sejong_dash" / f"{name}.py", lang)
        keys = ("message", "figure.gardens", "group_garden", "message_garden", "message_behind", "columns.role")
        texts += [of_room(key) for key in keys if of_room.has(key) and GARDEN.search(of_room(key))]
    assert len(texts) > 14
    assert [text for text in texts if PLANNED[lang] not in text.lower() or ASKED.search(text)] == []


def test_no_text_says_that_a_prefecture_was_asked() -> None:
    for path in TEXTS:
        found = entries(tomllib.loads(path.read_text(encoding="utf-8")))
        assert [key for key, text in found if asks_for_a_garden(key, text)] == [], path


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.stem)
def test_no_table_says_that_a_prefecture_was_asked(path: Path) -> None:
    rows = pd.read_csv(path, dtype=str, keep_default_na=False)
    told = ((f"{path.stem} {line}", cell) for line, row in enumerate(rows.to_numpy().tolist(), 2) for cell in row)
    assert [key for key, cell in told if asks_for_a_garden(key, cell)] == []


@pytest.mark.parametrize(
    ("text", "is_ruled_out"),
    [
        ("정원 참가를 요청하려는 곳", True),
        ("정원 유치 추진(미확정)", False),
        ("요청한 파일이 없습니다. 정원은 네 곳입니다.", False),
        ("庭園の出展を求めている県", True),
        ("目標に達するための人数を求めます。庭園は4県です。", False),
        ("A garden is sought from Nara", True),
        ("The city plans to campaign for a garden of Nara", False),
        ("Whoever asked for the file: gardens are listed", False),
    ],
)
def test_the_ruled_out_words_are_told_from_others(text: str, is_ruled_out: bool) -> None:
    assert asks_for_a_garden("", text) == is_ruled_out


def test_the_goal_is_never_more_than_and_no_chairman_is_named() -> None:
    for path in (*TEXTS, *TABLES):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"more than 150,000|15만 명 초과|15万人超|15万人を超", text), path
        assert not re.search(r"호소노|호소이|細井|細野", text), path


@pytest.mark.parametrize(
    ("lang", "goal"), [("ko", "15만 명 이상"), ("ja", "15万人以上"), ("en", "150,000 visitors from Japan or more")]
)
def test_the_plan_states_its_goal_as_so_many_or_more(lang: str, goal: str) -> None:
    assert goal in plans.load().set_index("plan_id").loc["reports-2024", f"note_{lang}"]


GOAL = {"ko": "150,000명 이상", "ja": "150,000人以上", "en": "150,000 or more"}
BEFORE, RUNNING = date(2026, 4, 1), date(2026, 5, 6)
STATED = [
    *(("cards.expo_plan", day) for day in (BEFORE, RUNNING)),
    ("cards.day_sentence", BEFORE),
    *(("charts.goal_bar", day) for day in (BEFORE, RUNNING)),
    ("charts.required_rate", BEFORE),
    ("charts.arrivals_share", RUNNING),
]


@pytest.mark.parametrize("lang", words.LANGUAGES)
@pytest.mark.parametrize(("name", "day"), STATED)
def test_where_the_goal_is_stated_it_is_so_many_or_more(name: str, day: date, lang: str) -> None:
    """In the message, or on the card for cards that say more than one thing."""
    shown = exhibit(discovery.module(name), Choices(lang, "reports-2024", day, sample=True), discovery.tables_now())
    told = [shown.message, *(card.value for card in shown.cards)]
    assert any(GOAL[lang] in text for text in told), told


@pytest.mark.parametrize("lang", words.LANGUAGES)
@pytest.mark.parametrize("name", ["charts.goal_bar", "charts.required_rate"])
def test_the_caption_of_what_is_held_against_the_goal_names_it(name: str, lang: str) -> None:
    choices = Choices(lang, "reports-2024", RUNNING, sample=True)
    assert GOAL[lang] in exhibit(discovery.module(name), choices, discovery.tables_now()).words("unit")
    of_a_prefecture = exhibit(discovery.module(name), replace(choices, prefecture="29"), discovery.tables_now())
    assert GOAL[lang] not in of_a_prefecture.words("unit") + of_a_prefecture.message


@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_a_decision_states_its_goal_with_its_bound(lang: str) -> None:
    cards = exhibit(plan_decisions, Choices(lang, "reports-2024", RUNNING, sample=True), discovery.tables_now()).cards
    stated = [value for card in cards for _, value in card.facts if "150,000" in value or "180,000" in value]
    said = words.shared(lang)
    exact = said("amount.visitors", value="180,000")
    assert stated == [exact, said.bounded(said("amount.visitors", value="150,000"), "at_least"), exact]


@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_a_goal_without_a_bound_is_the_number_itself(lang: str, data_copy: Path) -> None:
    path = data_copy / "goals.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",at_least,", ",,"), encoding="utf-8")
    choices = Choices(lang, "reports-2024", RUNNING, sample=True)
    shown = exhibit(discovery.module("charts.goal_bar"), choices, discovery.tables_now())
    assert "150,000" in shown.message
    assert GOAL[lang] not in shown.message + shown.words("unit")
