"""Tests of partners: each is counted once, with the weakest basis of its projects."""

import pandas as pd

from sejong_dash.measures import partners

PREFECTURES = pd.DataFrame(
    {
        "jis_code": ["01", "02", "03"],
        "name_ko": ["가", "나", "다"],
        "role": ["partner", "garden", "none"],
        "basis": "general",
        "source_id": "own",
    }
)
PROGRAMME = pd.DataFrame(
    {
        "jis_code": ["01", "01", "01", "02", None],
        "partner_ko": ["A", "B", "A", "C", "D"],
        "basis": ["reported", "reported", "reported", "reported", "sample"],
        "place_basis": ["reported", "general", None, "reported", None],
        "source_id": ["x", "y;x", "x", "x", "z"],
    }
)


def test_partners_projects_basis_and_sources() -> None:
    table = partners.by_prefecture(PREFECTURES, PROGRAMME, "ko", ", ").set_index("jis_code")
    assert table["partners"].tolist() == ["A, B", "C", ""]
    assert table["projects"].tolist() == [3, 1, 0]
    assert table["basis"].tolist() == ["general", "reported", "general"]
    assert table["source_id"].tolist() == ["x;y", "x", "own"]


def test_an_empty_programme_leaves_every_prefecture_in_place() -> None:
    table = partners.by_prefecture(PREFECTURES, PROGRAMME.iloc[:0], "ko", ", ")
    assert table["jis_code"].tolist() == ["01", "02", "03"]
    assert table["projects"].tolist() == [0, 0, 0]
    assert table["source_id"].tolist() == ["own"] * 3


def test_a_partner_has_one_code_in_every_language() -> None:
    rows = pd.DataFrame(
        {
            "project_id": ["first", "second", "third"],
            "partner_en": ["Nara Prefecture", "奈良", "Nara Prefecture"],
            "partner_ko": ["나라현", "나라", "나라현"],
        }
    )
    assert list(partners.codes(rows)) == ["nara-prefecture", "second", "nara-prefecture"]
    assert partners.named(rows, "ko") == {"nara-prefecture": "나라현", "second": "나라"}
