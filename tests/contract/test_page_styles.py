"""A page's styles come in one element: a dialog takes the place of a second (`page_frame.style`)."""

from pathlib import Path

import discovery
import pytest

OVERLAYS = 2  # where Streamlit keeps styles that come alone, and dialogs


@pytest.mark.parametrize(("page", "part"), discovery.SCREENS, ids=lambda value: getattr(value, "stem", value))
def test_a_page_sends_one_style(page: Path, part: str) -> None:
    app = discovery.opened(page, {"part": part} if part else {})
    sent = app._tree.children[OVERLAYS].children.values()
    assert [type(element).__name__ for element in sent] == ["Html"]
