"""How does data's text become the page's HTML without becoming markup?

Everything that comes from a table goes through `escape`; Streamlit cleans the result once more. Streamlit's own cards
cannot carry a basis mark, a source and a group heading, so the cards are written here.
"""

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from itertools import groupby

from .. import theme
from ..cards import Card
from ..errors import DashError, Problem, TableError
from ..words import Words


def wrap(body: str, lang: str) -> str:
    return f'<div class="sj" lang="{lang}">{body}</div>'


def head(words: Words, message: str) -> str:
    said = f'<p class="sj-message">{escape(message)}</p>' if message else ""
    return wrap(f'<h2 class="sj-title">{escape(words("title"))}</h2>{said}', words.lang)


def mark(words: Words, basis: str) -> str:
    """The mark of how far a figure may be trusted."""
    return (
        f'<span class="sj-mark {basis}" title="{escape(words(f"basis_help.{basis}"))}">{escape(words(f"basis.{basis}"))}</span>'
    )


def headline(said: str, lang: str) -> str:
    """A number to read at a glance, with its unit and its day."""
    return wrap(f'<p class="sj-headline">{escape(said)}</p>', lang)


def caption(words: Words, whole: bool) -> str:
    """The line below a chart, from what `exhibits.caption` has put among its words; as-of alone where cards carry their own
    marks and sources."""
    if not whole:
        return wrap(f'<p class="sj-caption"><span>{escape(words("stamp"))}</span></p>', words.lang)
    parts = [mark(words, words("basis"))]
    if words.has("unit"):
        parts.append(_pair(words, "caption.unit", words("unit")))
    if words("sources"):
        parts.append(_pair(words, "caption.sources", words("sources")))
    parts.append(f"<span>{escape(words('stamp'))}</span>")
    return wrap(f'<p class="sj-caption">{"".join(parts)}</p>', words.lang)


def _pair(words: Words, name: str, value: str) -> str:
    return f"<span>{escape(words('colon', name=words(name), value=value))}</span>"


def cards(told: Sequence[Card], words: Words, sources: dict[str, str], width: str) -> str:
    """Cards in a grid that is as wide as the page, group by group; `sources` gives the sentence for each source_id;
    without any, cards have no foot of their own."""
    parts = []
    for group, some in groupby(told, key=lambda card: card.group):
        if group:
            parts.append(f'<h3 class="sj-group">{escape(group)}</h3>')
        body = "".join(_card(card, words, sources) for card in some)
        parts.append(f'<div class="sj-cards" style="--sj-card: {width}">{body}</div>')
    return wrap("".join(parts), words.lang)


def _card(card: Card, words: Words, sources: dict[str, str]) -> str:
    wordy = " wordy" if len(card.value) > 14 else ""
    facts = "".join(f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>" for name, value in card.facts)
    source = sources.get(card.source_id, "")
    return (
        f'<article class="sj-card {card.tone}{wordy}">'
        f'<p class="sj-name">{escape(card.title)}</p>'
        + (f'<p class="sj-value">{escape(card.value)}</p>' if card.value else "")
        + (f'<p><span class="sj-mark general">{escape(card.badge)}</span></p>' if card.badge else "")
        + (f'<p class="sj-text">{escape(card.text)}</p>' if card.text else "")
        + (f"<dl>{facts}</dl>" if facts else "")
        + (f'<p class="sj-foot">{mark(words, card.basis)}<span>{escape(source)}</span></p>' if card.basis and sources else "")
        + "</article>"
    )


def legend(entries: Iterable[tuple[str, str]], words: Words) -> str:
    """Colour (blank: the name begins with its own sign) and meaning, for a drawing that has no legend of its own."""
    return wrap(
        '<p class="sj-legend">' + "".join(f"<span>{_swatch(colour)}{escape(name)}</span>" for colour, name in entries) + "</p>",
        words.lang,
    )


def address(query: Mapping[str, str]) -> str:
    """What an address says that was chosen; blank where nothing was."""
    return "?" * bool(query) + "&".join(f"{_quoted(name)}={_quoted(value)}" for name, value in query.items())


def _quoted(text: str) -> str:
    """A name or a value as an address holds it."""
    plain = {letter for letter in text if letter.isascii() and (letter.isalnum() or letter in "-_.~")}
    return "".join(letter if letter in plain else "".join(f"%{byte:02X}" for byte in letter.encode()) for letter in text)


def _swatch(colour: str) -> str:
    return f'<i style="background:{colour}"></i>' if colour else ""


def listed(rows: Iterable[Sequence[str]], words: Words, value: str, chosen: str | None, query: dict[str, str], dark: bool) -> str:
    """What a map shows as a table; each row is a link that chooses its prefecture, `query` what else the address says.

    A row is code, rank, name, value (headed by `value`), the colour of its class, the sign in it and that sign's colour.
    """
    body = []
    for code, rank, name, said, colour, sign, ink in rows:
        here = code == chosen
        link = escape(address(query | {"prefecture": code}))
        ground, letters = theme.dress(colour, dark), theme.dress(ink, dark)
        body.append(
            f"<tr{' class=chosen' if here else ''}><td>{escape(rank)}</td>"
            f'<td><i style="background:{ground};color:{letters}">{escape(sign)}</i></td>'
            f'<td><a href="{link}" target="_self"{" aria-current=true" if here else ""}>{escape(name)}</a></td>'
            f"<td>{escape(said)}</td></tr>"
        )
    named = [*(words(f"list.{name}") for name in ("rank", "class", "name")), value]
    heads = "".join(f'<th scope="col">{escape(one)}</th>' for one in named)
    table = f"<table><caption>{escape(words('list.caption'))}</caption><thead><tr>{heads}</tr></thead>"
    return wrap(f'<div class="sj-list" tabindex="0">{table}<tbody>{"".join(body)}</tbody></table></div>', words.lang)


def error(trouble: DashError, words: Words) -> str:
    """An error as the reader's sentences: where, what was expected and found, what to do."""
    if not isinstance(trouble, TableError):
        return wrap(f'<div class="sj-error" role="alert">{escape(words(trouble.key, **trouble.fields))}</div>', words.lang)
    shown = trouble.problems[:10]
    rows = "".join(f"<li>{escape(problem(one, trouble.file, words))}</li>" for one in shown)
    more = len(trouble.problems) - len(shown)
    rest = f"<p>{escape(words('more', count=more))}</p>" if more else ""
    said = words("table", file=trouble.file, count=len(trouble.problems))
    return wrap(
        f'<div class="sj-error" role="alert"><p>{escape(said)}</p><ul>{rows}</ul>{rest}'
        f"<p>{escape(words('what_to_do'))}</p></div>",
        words.lang,
    )


def problem(one: Problem, file: str, words: Words) -> str:
    """One problem of a table in a sentence."""
    kind = "cell" if one.line and one.column else "line" if one.line else "column" if one.column else "file"
    where = words(f"where.{kind}", file=file, line=one.line, column=one.column)
    found = one.found or words("blank_found")
    what = words(f"problem.{one.code}", expected=one.expected, found=found, column=one.column)
    return words("colon", name=where, value=what)


def empty(words: Words) -> str:
    return wrap(f'<p class="sj-empty">{escape(words("empty"))}</p>', words.lang)


def note(said: str, lang: str) -> str:
    return wrap(f'<p class="sj-empty">{escape(said)}</p>', lang)


def line(said: str, lang: str) -> str:
    return wrap(f"<p>{escape(said)}</p>", lang)


def plan(name: str, since: str, words: Words) -> str:
    """The plan's name and dates, and calmly what was decided since."""
    after = f" · {escape(since)}" if since else ""
    return wrap(f'<p class="sj-plan"><strong>{escape(name)}</strong>{after}</p>', words.lang)


def band(said: str, lang: str) -> str:
    return wrap(f'<p class="sj-band" role="note">{escape(said)}</p>', lang)


def history(decisions: Iterable[tuple[str, str, str, bool]], words: Words) -> str:
    """What was decided when; the plan that is being looked at is marked."""
    rows = "".join(
        f"<li{' class=followed' if followed else ''}><span>{escape(when)}</span> "
        f"<strong>{escape(what)}</strong> {escape(title)}{escape(words('followed')) if followed else ''}</li>"
        for when, what, title, followed in decisions
    )
    return wrap(f'<ol class="sj-history">{rows}</ol>', words.lang)


def page_head(title: str, intro: str, lang: str) -> str:
    return wrap(f'<h1 class="sj-page">{escape(title)}</h1><p class="sj-message">{escape(intro)}</p>', lang)
