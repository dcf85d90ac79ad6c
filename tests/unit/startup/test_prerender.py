"""What is drawn ahead is what a viewer who chooses nothing sees, the first page's first."""

from collections.abc import Callable

import pytest
from discovery import PAGE_FILES

from sejong_dash import cards, charts, maps
from sejong_dash.cards import day_sentence
from sejong_dash.errors import DashError
from sejong_dash.exhibits import Exhibit, cached
from sejong_dash.startup import prerender
from sejong_dash.ui.frame import page_links
from sejong_dash.words import LANGUAGES


def test_every_exhibit_is_there_once_in_the_order_of_the_pages() -> None:
    names = [source.__name__.rpartition(".")[2] for source in prerender.exhibit_sources()]
    assert sorted(names) == sorted(name for room in (cards, charts, maps) for name in room.names())
    pages = [page.stem for page in page_links.pages()]
    places = [pages.index(page) for name in names if (page := page_links.page_of(name))]
    assert places == sorted(places)
    assert len(PAGE_FILES) == len(pages)


def test_each_exhibit_is_drawn_in_each_language() -> None:
    pieces = [piece for piece in prerender.pieces() if getattr(piece, "func", None) is prerender.draw]
    drawn = [piece.args for piece in pieces]  # type: ignore[attr-defined]
    assert len(drawn) == len(set(drawn)) == len(LANGUAGES) * len(prerender.exhibit_sources())
    assert [lang for _, lang in drawn] == sorted((lang for _, lang in drawn), key=LANGUAGES.index)


def test_what_was_drawn_ahead_is_not_drawn_again(monkeypatch: pytest.MonkeyPatch) -> None:
    prerender.draw(day_sentence, "ko")
    monkeypatch.setattr(cached.exhibits, "exhibit", refused(AssertionError("drawn again")))
    prerender.draw(day_sentence, "ko")


def test_what_cannot_be_drawn_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    cached.cached_exhibit.cache_clear()
    monkeypatch.setattr(cached.exhibits, "exhibit", refused(DashError("unexpected")))
    prerender.draw(day_sentence, "ko")
    monkeypatch.setattr(cached.exhibits, "exhibit", refused(ZeroDivisionError()))
    with pytest.raises(ZeroDivisionError):
        prerender.draw(day_sentence, "ko")


def refused(error: Exception) -> Callable[..., Exhibit]:
    def refuse(*given: object) -> Exhibit:
        raise error

    return refuse
