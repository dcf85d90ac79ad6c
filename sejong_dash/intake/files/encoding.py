"""Detects the encoding of a text and decodes it.

Bytes of CP949 are valid CP932 and EUC-JP and the other way round, so that the first encoding that decodes proves nothing.
Every encoding offered is decoded and its text scored by what people write in such files: headings and names of prefectures
count most, then how common the characters are. Where two come close, charset-normalizer gives one of them a small bonus.
"""

import math
import re
import unicodedata
from contextlib import suppress
from functools import cache

from charset_normalizer import from_bytes

from sejong_dash.intake.cells import prefecture_names
from sejong_dash.intake.cells.spelling import load_vocabulary, simplify
from sejong_dash.intake.findings import Refused
from sejong_dash.intake.intake_result import Candidate

OFFERED = ("utf-8", "utf-16", "cp949", "cp932", "euc_jp", "iso2022_jp", "gb18030", "big5")
EXPECTED = "utf-8"  # needs no notice
_BOMS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_COMPARED = ("utf-8", "cp949", "cp932", "euc_jp", "gb18030", "big5")
_SAMPLE = 60_000  # bytes
_WORD_SCORE = 6.0  # for each character of a known word; one of an unknown word has 1.0 at most
_CLEAR = 30.0  # with a larger difference of scores charset-normalizer is not asked
_UTF8_WORD = re.compile("(?<![\udc80-\udcff])[ぁ-힣]+(?![\udc80-\udcffぁ-힣])")
_TOKEN = re.compile(r"[^\s,;|\"'()（）\[\]:：/.\-0-9]+")


def decode(content: bytes, chosen: str | None = None) -> tuple[str, str, tuple[Candidate, ...]]:
    """Return the text, its encoding, and the encodings that it could also be in, the likeliest first.

    Raises Refused where no encoding fits, where the chosen one does not, or where a file mixes two.
    """
    bom = next((name for mark, name in _BOMS if content.startswith(mark)), None)
    if chosen is not None:
        return _decode_whole(content, chosen), chosen, rank_encodings(content)
    if bom is not None:
        return _decode_whole(content, bom), bom, ()
    if (wide := _detect_utf16(content)) is not None:
        return _decode_whole(content, wide), wide, ()
    if (at := content.find(0)) >= 0:
        raise Refused("nul_byte", _line_at(content, at))
    if content.isascii():
        name = "iso2022_jp" if re.search(rb"\x1b\$[@B]", content) else EXPECTED
        return _decode_whole(content, name), name, ()
    if (line := _find_mixed_line(content)) is not None:
        raise Refused("encoding_mixed", line)
    ranked = rank_encodings(content)
    for candidate in ranked:
        try:
            return content.decode(candidate.encoding), candidate.encoding, ranked
        except UnicodeDecodeError as error:
            broken = error
    if ranked:
        raise Refused("encoding_broken", _line_at(content, broken.start), encoding=ranked[0].encoding)
    raise Refused("encoding_unknown")


def rank_encodings(content: bytes) -> tuple[Candidate, ...]:
    """Return the encodings that the file can be read in, the likeliest first, each with the first lines as they would read."""
    sample = _sample_lines(content)
    scores: dict[str, float] = {}
    for name in _COMPARED:
        with suppress(UnicodeDecodeError):
            scores[name] = score_text(sample.decode(name), name)
    best, second, *_ = [*sorted(scores.values(), reverse=True), -math.inf, -math.inf]
    if best - second < _CLEAR and (favourite := _ask_charset_normalizer(sample)) in scores:
        scores[str(favourite)] += _WORD_SCORE
    order = sorted(scores, key=lambda name: -scores[name])
    return tuple(Candidate(name, round(scores[name], 2), _decode_start(content, name)) for name in order)


def score_text(text: str, encoding: str = "") -> float:
    """Return how much a text looks like a sheet of counts from Korea or Japan (points without a unit, higher is likelier)."""
    score = 0.0
    for token in set(_TOKEN.findall(text)):
        if not token.isascii():
            score += _WORD_SCORE * len(token) if simplify(token) in _load_known_words() else _score_unknown(token)
    if encoding == "utf-8":
        score += 20  # other encodings are hardly ever valid UTF-8
    return score - (2 if encoding in ("gb18030", "big5") else 0)


def _score_unknown(token: str) -> float:
    """Return how natural an unknown word looks: one script and common characters score high."""
    score, scripts = 0.0, set()
    for sign in token:
        if "가" <= sign <= "힣":
            scripts.add("hangul")
            score += 0.6 if _is_encodable(sign, "euc_kr") else -3
        elif "ぁ" <= sign <= "ヿ":
            scripts.add("kana")
            score += 1.0
        elif "一" <= sign <= "鿿":
            scripts.add("han")
            score += 0.4 if sign in _load_common_han() else 0.0 if _is_level_one(sign) else -1.2
        elif "ｦ" <= sign <= "ﾟ":
            scripts.add("half")
            score -= 0.3
        elif sign.isascii():
            score += 0.0
        elif "！" <= sign <= "～" or sign in "々〆ヶー・、。「」年月日①②③④⑤→※○●◎△▲□■◇◆☆★〜…㈜℃±×÷":
            score += 0.1
        else:
            category = unicodedata.category(sign)
            score -= 4 if category in ("Co", "Cn", "Cc") else 1.5
    is_mixed = {"hangul"} & scripts and scripts - {"hangul"}
    return score - (3 if is_mixed else 0) - (2 if "half" in scripts and len(scripts) > 1 else 0)


@cache
def _load_known_words() -> frozenset[str]:
    known = set(prefecture_names.load_names())
    for group in ("headings", "totals", "prefecture", "channel"):
        known |= {simplify(word) for words in load_vocabulary()[group].values() for word in words}
    known |= {simplify(name) for names in load_vocabulary()["date"]["weekdays"] for name in names if len(name) > 1}
    known |= {simplify(name) for era in load_vocabulary()["date"]["eras"] for name in era}
    return frozenset(word for word in known if not word.isascii())


@cache
def _load_common_han() -> frozenset[str]:
    return frozenset(sign for word in _load_known_words() for sign in word if "一" <= sign <= "鿿")


@cache
def _is_level_one(sign: str) -> bool:
    """Return whether it is among the Japanese characters of everyday use (JIS X 0208, level 1)."""
    return _is_encodable(sign, "euc_jp") and 0xB0 <= sign.encode("euc_jp")[0] <= 0xCF and len(sign.encode("euc_jp")) == 2


@cache
def _is_encodable(sign: str, encoding: str) -> bool:
    try:
        sign.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def _sample_lines(content: bytes) -> bytes:
    """Return the lines that are not plain ASCII, from the whole file, each once, up to a bound."""
    if len(content) <= _SAMPLE:
        return b"\n".join(dict.fromkeys(line for line in re.split(rb"[\r\n]+", content) if not line.isascii()))
    sample: dict[bytes, None] = {}
    size = 0
    step = max(len(content) // 40, _SAMPLE)
    for start in range(0, len(content), step):
        part = content[start : start + _SAMPLE]
        lines = re.split(rb"[\r\n]+", part)
        for line in lines[1 if start else 0 : -1 if len(part) == _SAMPLE else None]:
            if not line.isascii() and line not in sample and len(line) < 4000:
                sample[line] = None
                size += len(line)
        if size > _SAMPLE:
            break
    return b"\n".join(sample) or content[:_SAMPLE]


def _ask_charset_normalizer(sample: bytes) -> str | None:
    best = from_bytes(sample[:4000], steps=3, chunk_size=512, cp_isolation=list(_COMPARED)).best()
    return best.encoding if best is not None and best.encoding in _COMPARED else None


def _detect_utf16(content: bytes) -> str | None:
    """Return the byte order of UTF-16 without its mark: every other byte of what is ASCII in it is NUL."""
    part = content[:4000]
    if b"\0" not in part or len(part) < 4:
        return None
    even, odd = part[::2].count(0), part[1::2].count(0)
    for name, high, low in (("utf-16-le", odd, even), ("utf-16-be", even, odd)):
        if high > len(part) / 10 and low == 0:
            try:
                text = content.decode(name)
            except UnicodeDecodeError:
                return None
            return name if "\0" not in text else None
    return None


def _find_mixed_line(content: bytes) -> int | None:
    """Return the first line in another encoding than those before it, where UTF-8 and another are mixed."""
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        return None
    # bytes that are no UTF-8 become lone surrogates: a word without any beside it was written in UTF-8
    if not _UTF8_WORD.search(content.decode("utf-8", "surrogateescape")):
        return None
    first_lines: dict[bool, int] = {}  # of UTF-8 (True) and of the other encoding
    for number, line in enumerate(re.split(rb"\r\n|\r|\n", content), start=1):
        if line.isascii():
            continue
        try:
            text = line.decode("utf-8")
        except UnicodeDecodeError:
            first_lines.setdefault(False, number)
        else:
            if any("ぁ" <= sign <= "힣" for sign in text):
                first_lines.setdefault(True, number)
        if len(first_lines) == 2:
            return max(first_lines.values())
    return None


def _decode_whole(content: bytes, encoding: str) -> str:
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        mixed_line = encoding in ("utf-8", "utf-8-sig") and _find_mixed_line(content)
        raise Refused(
            "encoding_mixed" if mixed_line else "encoding_broken", mixed_line or _line_at(content, error.start), encoding=encoding
        ) from error
    except LookupError as error:
        raise Refused("encoding_unknown") from error
    if (at := text.find("\0")) >= 0:
        raise Refused("nul_byte", len(re.findall(r"\r\n|\r|\n", text[:at])) + 1)
    return text.removeprefix("\ufeff")


def _line_at(content: bytes, at: int) -> int:
    return len(re.findall(rb"\r\n|\r|\n", content[:at])) + 1


def _decode_start(content: bytes, encoding: str) -> str:
    text = content[:3000].decode(encoding, errors="replace")
    return "\n".join(line[:120] for line in text.splitlines()[:6])
