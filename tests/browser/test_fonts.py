"""A first visit costs no more fonts than an office's line will bear."""

from collections.abc import Callable

import pytest
from visiting import NAMES, Visit

LIMIT = 300_000  # bytes of one visit with an empty cache


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("lang", ["ko", "ja"])
def test_a_first_visit_fetches_icons_and_no_letters(look: Callable[..., Visit], name: str, lang: str) -> None:
    visit = look()
    fetched: dict[str, int] = {}

    def count(answer: object) -> None:
        if answer.request.resource_type == "font":  # type: ignore[attr-defined]
            fetched[answer.url.rpartition("/")[2]] = len(answer.body())  # type: ignore[attr-defined]

    visit.page.on("requestfinished", lambda request: count(request.response()))
    visit.open(name, lang=lang)
    assert [file for file in fetched if not file.startswith("MaterialSymbols")] == [], "a face that the reader has"
    assert 0 < sum(fetched.values()) < LIMIT
    assert visit.page.evaluate("document.documentElement.lang") == lang, "a phone chooses the shapes of kanji by it"
    names = visit.page.evaluate("""() => [...document.querySelectorAll('[data-testid="stIconMaterial"]')]
        .filter(icon => icon.offsetWidth > 1.5 * parseFloat(getComputedStyle(icon).fontSize)).map(icon => icon.innerText)""")
    assert names == [], "an icon that is missing stands there as its name"
