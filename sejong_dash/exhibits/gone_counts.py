"""Describes counts that are gone, and since when as far as that is known."""

from datetime import datetime

from sejong_dash import words as wording
from sejong_dash.store.missing_counts import GoneCounts
from sejong_dash.words import Words


def describe(found: GoneCounts, lang: str) -> list[str]:
    """Return the sentences that say what is gone and what is known of when."""
    words = wording.of(__file__, lang)
    sentences = [words(f"how.{found.how}")]
    if found.stood_at is None:
        return [*sentences, words("unknown")]
    sentences.append(words("stood", count=words.number(found.figures or 0), **_moment(found.stood_at, words)))
    if found.taken_at is not None:
        who = words("by", who=found.who) if found.who else ""
        sentences.append(words("taken", number=words.number(found.change or 0), who=who, **_moment(found.taken_at, words)))
    elif found.written_at is not None:
        sentences.append(words("written", **_moment(found.written_at, words)))
    return sentences


def stamp(found: GoneCounts, lang: str) -> str:
    """Return the few words that stand beside the as-of date wherever figures are shown or taken away."""
    words = wording.of(__file__, lang)
    if found.since is not None:
        return words("stamp.since", date=words.date(found.since.date()))
    if found.stood_at is not None:
        return words("stamp.after", date=words.date(found.stood_at.date()))
    return words("stamp.unknown")


def _moment(when: datetime, words: Words) -> dict[str, str]:
    return {"date": words.date(when.date()), "time": f"{when:%H:%M}"}
