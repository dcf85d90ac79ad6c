"""What does Streamlit say in English alone, and how is it said in the reader's language?"""

from functools import lru_cache

from .. import words as wording

_OURS = "streamlit."


@lru_cache(maxsize=len(wording.LANGUAGES))
def table(lang: str) -> list[tuple[str, str]]:
    """Streamlit's own sentence and the reader's, which frame.js puts in its place; `{name}` stands for what differs."""
    if lang == "en":
        return []
    words, theirs = wording.of(__file__, lang), wording.of(__file__, "en")
    return [(theirs(key), words(key)) for key in theirs if key.startswith(_OURS)]
