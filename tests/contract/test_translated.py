"""Streamlit still says what is said in the reader's language in its place."""

from pathlib import Path

import pytest
import streamlit

from sejong_dash import words
from sejong_dash.ui.browser import translations

SCRIPTS = sorted((Path(streamlit.__file__).parent / "static" / "static" / "js").glob("*.js"))


def test_every_sentence_is_one_of_streamlits() -> None:
    said = "\n".join(file.read_text(encoding="utf-8") for file in SCRIPTS)
    parts = {part.strip() for theirs, _ in translations.table("ko") for part in theirs.split("{name}")}
    assert len(parts) > 30
    # Streamlit puts signs between later
    gone = sorted(part for part in parts if part.strip(" :,") not in said)
    assert gone == [], f"Streamlit {streamlit.__version__} writes these no more, and readers see what it writes instead: {gone}"


@pytest.mark.parametrize("lang", [lang for lang in words.LANGUAGES if lang != "en"])
def test_what_differs_is_kept(lang: str) -> None:
    assert all(theirs.count("{name}") == ours.count("{name}") <= 1 for theirs, ours in translations.table(lang))
    assert translations.table("en") == []
