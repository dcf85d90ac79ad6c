"""Find the parts of a text that stand on one line: amounts, dates, ranges, short asides, and a Korean ending with its sign.

Browsers and our own drawings break lines by rules that know letters alone: behind %, a bracket or a wave dash, between a number
and its unit, between a month and its day.
"""

import re
from functools import lru_cache

_NUMBER = r"[+−]?\d[\d,.]*"
_ASIDE = r"[+−]?\d[\d,.]{0,8}[^()（）\s\d]{0,4}"  # a number and its unit in brackets
_SYLLABLES = r"\uac00-\ud7a3"
_HANGUL, _HAN = f"[{_SYLLABLES}]", r"[\u4e00-\u9fff]"
_KO_DAY = r"\d{1,2}\uc6d4 \d{1,2}\uc77c"  # 5월 24일
_JA_DAY = r"(?:\d{4}\u5e74)?\d{1,2}\u6708(?:\d{1,2}\u65e5)?"  # 2026年5月24日
_JA_UNIT = r"(?:[\u4eba\u65e5\u4ef6\u56de\u5e74\u6708\u500d\u540d\u770c]|\u90fd\u9053\u5e9c\u770c)"  # 人, 日 …, 都道府県
_JA_ABOUT = r"(?:\u8a08|\u7d04|\u5168|\u6b8b\u308a|\u3046\u3061|\u7b2c)?"  # 計, 約, 全, 残り, うち, 第
_MONTHS = "(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_PARTS = re.compile(
    "|".join(
        (
            rf"{_KO_DAY}(?:\({_HANGUL}\))?(?:~|{_HANGUL}{{0,4}})",  # 5월 24일(일)까지, 5월 24일~
            rf"{_NUMBER}~{_NUMBER}[%{_SYLLABLES}]{{0,6}}",  # 118,613~165,470명
            rf"{_HANGUL}{{0,2}}\({_ASIDE}\){_HANGUL}{{0,4}}",  # 가나가와현(2,956명)
            rf"{_NUMBER}%{_HANGUL}{{1,6}}",  # 55.9%입니다
            rf"[{_SYLLABLES}\d]{{1,4}}~",  # 24일~
            r"[^\s·]{1,8} ?·(?=\s|\w)",  # 단체·개인, 대전일보 · 2023
            rf"\){_HANGUL}{{1,6}}",  # )입니다
            rf"{_JA_DAY}(?:（{_HAN}）)?",  # 2026年5月24日（日）
            rf"{_NUMBER}～{_NUMBER}{_JA_UNIT}?",  # 118,613～165,470人
            rf"{_HAN}{{0,3}}（{_ASIDE}）",  # 兵庫県（−1,020人）
            rf"（{_JA_ABOUT}{_NUMBER}(?:～{_NUMBER})?{_JA_UNIT}?",  # （計1日
            rf"{_NUMBER}%\u533a\u9593",  # 80%区間
            rf"{_JA_ABOUT}{_NUMBER}{_JA_UNIT}\u9593?",  # 約12,904人, 7日間
            r"\u9054\u6210\u53ef\u80fd\u6027",  # 達成可能性, which browsers that know Japanese phrases part
            rf"\b\d{{1,2}} {_MONTHS}\b",  # 24 May
            rf"\(?{_NUMBER}–{_NUMBER}%?\)?",  # 118,613–165,470, (10–35%)
        )
    )
)


@lru_cache(maxsize=4096)
def parts(text: str) -> tuple[tuple[int, int], ...]:
    """Return where these parts begin and end; one ends before the next begins."""
    return tuple(found.span() for found in _PARTS.finditer(text) if found.end() - found.start() > 1)


@lru_cache(maxsize=4096)
def places(text: str) -> frozenset[int]:
    """Return the letters before which no line may end."""
    return frozenset(at for start, end in parts(text) for at in range(start + 1, end))
