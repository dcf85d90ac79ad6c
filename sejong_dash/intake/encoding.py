"""In which encoding was it written?

Bytes of CP949 are valid CP932 and EUC-JP and the other way round, so that the first encoding that decodes says nothing. Every
encoding offered is tried and its text weighed by what people write in such files: headings and names of prefectures
count most, then how common the signs are. Where two come close, charset-normalizer is asked and has one voice.
"""

import math
import re
import unicodedata
from contextlib import suppress
from functools import cache

from charset_normalizer import from_bytes

from . import places
from .intake import Candidate, Refused
from .plain import plain, vocabulary

OFFERED = ("utf-8", "utf-16", "cp949", "cp932", "euc_jp", "iso2022_jp", "gb18030", "big5")
SILENT = "utf-8"  # what is expected, and needs no word
_BOMS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_TRIED = ("utf-8", "cp949", "cp932", "euc_jp", "gb18030", "big5")
_SAMPLE = 60_000
_WORD = 6.0  # a sign of a known word weighs as many of an unknown one
_CLEAR = 30.0  # further apart than this, nobody else need be asked
_UTF8_WORD = re.compile("(?<![\udc80-\udcff])[ぁ-힣]+(?![\udc80-\udcffぁ-힣])")
_PIECE = re.compile(r"[^\s,;|\"'()（）\[\]:：/.\-0-9]+")


def decode(content: bytes, chosen: str | None = None) -> tuple[str, str, tuple[Candidate, ...]]:
    """The text, its encoding, and what else it could be. Raises Refused where no encoding, or more than one, fits."""
    bom = next((name for mark, name in _BOMS if content.startswith(mark)), None)
    if chosen is not None:
        return _whole(content, chosen), chosen, candidates(content)
    if bom is not None:
        return _whole(content, bom), bom, ()
    if (wide := _without_bom(content)) is not None:
        return _whole(content, wide), wide, ()
    if (at := content.find(0)) >= 0:
        raise Refused("nul_byte", _row(content, at))
    if content.isascii():
        name = "iso2022_jp" if re.search(rb"\x1b\$[@B]", content) else SILENT
        return _whole(content, name), name, ()
    if (row := _mixed(content)) is not None:
        raise Refused("encoding_mixed", row)
    weighed = candidates(content)
    for one in weighed:
        try:
            return content.decode(one.encoding), one.encoding, weighed
        except UnicodeDecodeError as error:
            broken = error
    if weighed:
        raise Refused("encoding_broken", _row(content, broken.start), encoding=weighed[0].encoding)
    raise Refused("encoding_unknown")


def candidates(content: bytes) -> tuple[Candidate, ...]:
    """What the file can be read in, the likeliest first, with how its first lines would read."""
    sample = _telling(content)
    scores: dict[str, float] = {}
    for name in _TRIED:
        with suppress(UnicodeDecodeError):
            scores[name] = weigh(sample.decode(name), name)
    best, second, *_ = [*sorted(scores.values(), reverse=True), -math.inf, -math.inf]
    if best - second < _CLEAR and (voice := _voice(sample)) in scores:
        scores[str(voice)] += _WORD
    order = sorted(scores, key=lambda name: -scores[name])
    return tuple(Candidate(name, round(scores[name], 2), _first_lines(content, name)) for name in order)


def weigh(text: str, encoding: str = "") -> float:
    """How much a text looks like a sheet of counts from Korea or Japan."""
    score = 0.0
    for piece in set(_PIECE.findall(text)):
        if not piece.isascii():
            score += _WORD * len(piece) if plain(piece) in _words() else _signs(piece)
    if encoding == "utf-8":
        score += 20  # other encodings are hardly ever valid UTF-8
    return score - (2 if encoding in ("gb18030", "big5") else 0)


def _signs(piece: str) -> float:
    """How natural a word of unknown meaning looks: one script, common signs."""
    score, kinds = 0.0, set()
    for sign in piece:
        if "가" <= sign <= "힣":
            kinds.add("hangul")
            score += 0.6 if _fits(sign, "euc_kr") else -3
        elif "ぁ" <= sign <= "ヿ":
            kinds.add("kana")
            score += 1.0
        elif "一" <= sign <= "鿿":
            kinds.add("han")
            score += 0.4 if sign in _common_han() else 0.0 if _level_one(sign) else -1.2
        elif "ｦ" <= sign <= "ﾟ":
            kinds.add("half")
            score -= 0.3
        elif sign.isascii():
            score += 0.0
        elif "！" <= sign <= "～" or sign in "々〆ヶー・、。「」年月日①②③④⑤→※○●◎△▲□■◇◆☆★〜…㈜℃±×÷":
            score += 0.1
        else:
            category = unicodedata.category(sign)
            score -= 4 if category in ("Co", "Cn", "Cc") else 1.5
    foreign = {"hangul"} & kinds and kinds - {"hangul"}
    return score - (3 if foreign else 0) - (2 if "half" in kinds and len(kinds) > 1 else 0)


@cache
def _words() -> frozenset[str]:
    found = set(places.known())
    for group in ("headings", "totals", "prefecture", "channel"):
        found |= {plain(word) for words in vocabulary()[group].values() for word in words}
    found |= {plain(name) for names in vocabulary()["date"]["weekdays"] for name in names if len(name) > 1}
    found |= {plain(name) for era in vocabulary()["date"]["eras"] for name in era}
    return frozenset(word for word in found if not word.isascii())


@cache
def _common_han() -> frozenset[str]:
    return frozenset(sign for word in _words() for sign in word if "一" <= sign <= "鿿")


@cache
def _level_one(sign: str) -> bool:
    """Among the Japanese signs of everyday use (JIS level 1)."""
    return _fits(sign, "euc_jp") and 0xB0 <= sign.encode("euc_jp")[0] <= 0xCF and len(sign.encode("euc_jp")) == 2


@cache
def _fits(sign: str, encoding: str) -> bool:
    try:
        sign.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def _telling(content: bytes) -> bytes:
    """The lines that tell an encoding: those that are not plain ASCII, from the whole file, each once, up to a bound."""
    if len(content) <= _SAMPLE:
        return b"\n".join(dict.fromkeys(line for line in re.split(rb"[\r\n]+", content) if not line.isascii()))
    found: dict[bytes, None] = {}
    size = 0
    step = max(len(content) // 40, _SAMPLE)
    for start in range(0, len(content), step):
        part = content[start : start + _SAMPLE]
        lines = re.split(rb"[\r\n]+", part)
        for line in lines[1 if start else 0 : -1 if len(part) == _SAMPLE else None]:
            if not line.isascii() and line not in found and len(line) < 4000:
                found[line] = None
                size += len(line)
        if size > _SAMPLE:
            break
    return b"\n".join(found) or content[:_SAMPLE]


def _voice(sample: bytes) -> str | None:
    """What charset-normalizer says, under our names."""
    best = from_bytes(sample[:4000], steps=3, chunk_size=512, cp_isolation=list(_TRIED)).best()
    return best.encoding if best is not None and best.encoding in _TRIED else None


def _without_bom(content: bytes) -> str | None:
    """UTF-16 without its mark: every other byte of what is ASCII in it is NUL."""
    part = content[:4000]
    if b"\0" not in part or len(part) < 4:
        return None
    even, odd = part[::2].count(0), part[1::2].count(0)
    for name, there, elsewhere in (("utf-16-le", odd, even), ("utf-16-be", even, odd)):
        if there > len(part) / 10 and elsewhere == 0:
            try:
                text = content.decode(name)
            except UnicodeDecodeError:
                return None
            return name if "\0" not in text else None
    return None


def _mixed(content: bytes) -> int | None:
    """The first line that is written in another encoding than the one before it, where UTF-8 and another are mixed."""
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        return None
    # bytes that are no UTF-8 become lone surrogates: a word without any beside it was written in UTF-8
    if not _UTF8_WORD.search(content.decode("utf-8", "surrogateescape")):
        return None
    kinds: dict[bool, int] = {}
    for number, line in enumerate(re.split(rb"\r\n|\r|\n", content), start=1):
        if line.isascii():
            continue
        try:
            text = line.decode("utf-8")
        except UnicodeDecodeError:
            kinds.setdefault(False, number)
        else:
            if any("ぁ" <= sign <= "힣" for sign in text):
                kinds.setdefault(True, number)
        if len(kinds) == 2:
            return max(kinds.values())
    return None


def _whole(content: bytes, encoding: str) -> str:
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        mixed = encoding in ("utf-8", "utf-8-sig") and _mixed(content)
        raise Refused(
            "encoding_mixed" if mixed else "encoding_broken", mixed or _row(content, error.start), encoding=encoding
        ) from error
    except LookupError as error:
        raise Refused("encoding_unknown") from error
    if (at := text.find("\0")) >= 0:
        raise Refused("nul_byte", len(re.findall(r"\r\n|\r|\n", text[:at])) + 1)
    return text.removeprefix("\ufeff")


def _row(content: bytes, at: int) -> int:
    return len(re.findall(rb"\r\n|\r|\n", content[:at])) + 1


def _first_lines(content: bytes, encoding: str) -> str:
    text = content[:3000].decode(encoding, errors="replace")
    return "\n".join(line[:120] for line in text.splitlines()[:6])
