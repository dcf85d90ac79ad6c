"""Names the scripts of Streamlit's front end that a page will surely need, so that they are sent before it asks for them.

Relies on: `static/js/NAME.HASH.js` holding the part of the front end that draws what NAME says, with plain `import`s of what it
needs in turn.
Why: a page learns what it must draw with when its script has run; by then these are on their way.
Tried with: Streamlit 1.67.0. A new version may name its parts otherwise.
Without it: nothing breaks; the first page takes longer, since its scripts are fetched one after the other.
Off: `chunk_names` in SEJONG_BORDER_OFF.
"""

from sejong_dash import border

# What every page shows, and the part that draws.
FRAME = ("Html", "Selectbox", "DateInput", "Checkbox", "ButtonGroup", "BidiComponent")
DRAWING_ON = {"map": ("DeckGlJsonChart",)}  # charts are drawn by a script of ours: ui/browser/drawings.js


def needed_on(page: str) -> tuple[str, ...]:
    """Return the names of the parts that a page needs, by its path without slashes; none where this is switched off."""
    return () if border.is_off("chunk_names") else (*FRAME, *DRAWING_ON.get(page, ()))
