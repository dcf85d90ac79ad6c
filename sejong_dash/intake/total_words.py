"""Which words say that a row is the sum of others?"""

import re
from functools import cache

from . import places
from .days import is_day
from .plain import plain, words


def is_total(text: str) -> bool:
    said = plain(text)
    if said in _totals():
        return True
    bare = re.sub(r"^[<\[(【*=-]+|[>\])】*=:：-]+$", "", said)
    if bare in _totals():
        return True
    # 4월 10일 소계, 東京都 計: a day or a prefecture in front of the word
    return len(said) < 30 and any(
        said.endswith(word) and _is_part(said[: -len(word)]) for word in _totals() if len(word) > 1 or word in "計계"
    )


def is_average(text: str) -> bool:
    return plain(text) in words("totals", "not_a_sum")


def _is_part(text: str) -> bool:
    return (
        places.known().get(places.folded(text)) is not None
        or is_day(text)
        or bool(re.fullmatch(r"[0-9]{1,2}(?:월|月)|(?:일|日|월|月|주|週)?별?", text))
    )


@cache
def _totals() -> frozenset[str]:
    return words("totals", "grand") | words("totals", "part") | words("totals", "not_a_sum")
