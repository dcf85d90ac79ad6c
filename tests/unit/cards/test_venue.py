"""The venue says how large it is, and that nobody knows exactly where."""

import discovery
import pytest
from discovery import BASE

from sejong_dash import words
from sejong_dash.cards import venue
from sejong_dash.choices import Choices
from sejong_dash.datasets import places


@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_each_column_of_the_table_is_there(lang: str) -> None:
    table = discovery.table_of("cards.venue", Choices(lang, BASE.plan, BASE.as_of, True)).set_index("place_id")
    for row in places.load().to_dict("records"):
        shown = table.loc[row["place_id"]].dropna().to_dict()
        own = {name.removesuffix(f"_{lang}"): value for name, value in row.items() if value == value and value is not None}
        wanted = {name: own[name] for name in own if name in table.columns}
        assert shown == wanted
        assert {"name", "note", "lat", "lon", "coordinates"} <= set(wanted)


def test_area_first_phase_and_an_approximate_place_are_said() -> None:
    table = discovery.table_of("cards.venue", BASE)
    park, city = venue.cards(table, discovery.words_of("cards.venue", "ko"))
    facts = dict(park.facts)
    assert facts == {
        "면적": "1,409,307㎡",
        "1단계 면적": "520,000㎡",
        "1단계 개장": "2020년 11월 4일",
        "좌표": "북위 36.495°, 동경 127.28°(대략적 위치)",
    }
    assert dict(city.facts) == {"좌표": "북위 36.48°, 동경 127.29°(대략적 위치)"}
    assert (park.basis, city.basis) == ("reported", "general")
