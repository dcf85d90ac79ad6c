"""Says which exhibits follow the choice of a single day or of a channel, and what each then shows.

A plan asks visitors of days and prefectures, not of channels, and most figures are running totals: an exhibit that cannot follow
a choice keeps showing all days or all channels, and its title says so.
"""

from dataclasses import replace

from sejong_dash.choices import Choices
from sejong_dash.contracts import ExhibitSource, Narrowable
from sejong_dash.words import Words

FILTERS = ("on", "channel")
_UNCHOSEN = {"on": None, "channel": None, "against": ""}


def followed(source: ExhibitSource, choices: Choices) -> Choices:
    """Return the choices without those that an exhibit does not follow, so that it is made once for all of them."""
    known = source.NARROWED_BY if isinstance(source, Narrowable) else ()
    ignored = {name: value for name, value in _UNCHOSEN.items() if name not in known and getattr(choices, name) != value}
    return replace(choices, **ignored) if ignored else choices  # type: ignore[arg-type]


def names(choices: Choices, words: Words) -> list[str]:
    """Return the day and the channel that are chosen, in the reader's language; `words` are the shared ones or an exhibit's."""
    found = [words.short_date(choices.on)] if choices.on else []
    return found + ([channel_name(choices.channel, words)] if choices.channel else [])


def scope(shown: Choices, chosen: Choices, words: Words) -> list[str]:
    """Return what an exhibit made for `shown` says of the filters in `chosen`: the day or channel, or that it is of all."""
    return [
        *names(shown, words),
        *(words(f"narrowed.all_{name}") for name in FILTERS if getattr(chosen, name) and not getattr(shown, name)),
    ]


def channel_name(code: str, words: Words) -> str:
    """Return a channel's name for readers; a channel that somebody has named is its own name."""
    return words(f"channel.{code}") if words.has(f"channel.{code}") else code
