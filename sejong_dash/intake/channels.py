"""By which channel did they come?"""

from functools import lru_cache

from .amounts import shown
from .cell import Reading, is_formula, wrong
from .plain import plain, seen, vocabulary
from .total_words import is_total

_LONGEST = 60


def read(text: str) -> Reading:
    """The channel that a cell names; a name that is not known stays as it stands, a blank cell is a channel not said."""
    name = seen(text)
    if not name:
        return Reading("")
    if is_formula(text):
        return wrong("formula", found=shown(text))
    if len(name) > _LONGEST:
        return wrong("text_too_long", found=shown(text), most=_LONGEST)
    if is_total(text):
        return wrong("total", found=shown(text))
    known = _known().get(plain(text))
    if known is not None:
        return Reading(known, notice=None if known == text else "channel_named", fields={"found": shown(text), "value": known})
    if name != text.strip():
        return Reading(name, notice="text_cleaned", fields={"found": shown(text), "value": name})
    return Reading(name)


def is_known(text: str) -> bool:
    return plain(text) in _known()


@lru_cache(maxsize=1)
def _known() -> dict[str, str]:
    return {plain(word): channel for channel, said in vocabulary()["channel"].items() for word in said}
