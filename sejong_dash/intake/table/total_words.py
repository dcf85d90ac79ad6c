"""Recognises the words that name a row as the sum or the average of others."""

import re
from functools import cache

from sejong_dash.intake.cells import prefecture_names
from sejong_dash.intake.cells.days import is_day
from sejong_dash.intake.cells.spelling import load_words, simplify


def is_total(text: str) -> bool:
    """Return whether a text names a total, a part of one or an average: 합계, 4월 10일 소계, 平均."""
    simple = simplify(text)
    if simple in _load_totals():
        return True
    bare = re.sub(r"^[<\[(【*=-]+|[>\])】*=:：-]+$", "", simple)
    if bare in _load_totals():
        return True
    # 4월 10일 소계, 東京都 計: a day or a prefecture in front of the word
    return len(simple) < 30 and any(
        simple.endswith(word) and _is_part(simple[: -len(word)]) for word in _load_totals() if len(word) > 1 or word in "計계"
    )


def is_average(text: str) -> bool:
    """Return whether a text names an average or a share: 평균, 構成比."""
    return simplify(text) in load_words("totals", "not_a_sum")


def _is_part(text: str) -> bool:
    return (
        prefecture_names.load_names().get(prefecture_names.simplify_name(text)) is not None
        or is_day(text)
        or bool(re.fullmatch(r"[0-9]{1,2}(?:월|月)|(?:일|日|월|月|주|週)?별?", text))
    )


@cache
def _load_totals() -> frozenset[str]:
    return load_words("totals", "grand") | load_words("totals", "part") | load_words("totals", "not_a_sum")
