"""How does data's text become the page's HTML without becoming markup?

Everything that comes from a table goes through `escape`; Streamlit cleans the result once more. Streamlit's own cards
cannot carry a basis mark, a source and a group heading, so the cards are written here.
"""

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from itertools import groupby

from .. import theme
from ..cards import Card
from ..errors import DashError
from ..exhibits.complaint import complaint
from ..maps import Listed
from ..words import Words


def wrap(body: str, lang: str) -> str:
    return f'<div class="sj" lang="{lang}">{body}</div>'


def head(words: Words, message: str, link: str = "") -> str:
    """Title and message; `link` is an address that brings the same picture back, for a press to copy."""
    said = f'<p class="sj-message">{escape(message)}</p>' if message else ""
    copy = ""
    if link:
        label, done = escape(words("link.copy")), escape(words("link.copied"))
        copy = f' <a class="sj-link" href="{escape(link)}" title="{label}" aria-label="{label}" data-copied="{done}"></a>'
    return wrap(f'<h2 class="sj-title">{escape(words("title"))}{copy}</h2>{said}', words.lang)


def address(query: Mapping[str, str], place: str = "") -> str:
    """What an address says that was chosen, blank where nothing was, and a place on the page: `?lang=ko&plan=…#place`."""
    asked = "&".join(f"{_quoted(name)}={_quoted(said)}" for name, said in query.items())
    return "?" * bool(query) + asked + "#" * bool(place) + place


def mark(words: Words, basis: str) -> str:
    """The mark of how far a figure may be trusted."""
    return (
        f'<span class="sj-mark {basis}" title="{escape(words(f"basis_help.{basis}"))}">{escape(words(f"basis.{basis}"))}</span>'
    )


def headline(said: str, lang: str) -> str:
    """A number to read at a glance, with its unit and its day."""
    return wrap(f'<p class="sj-headline">{escape(said)}</p>', lang)


def caption(words: Words, whole: bool, more: str = "") -> str:
    """The line below a chart, from what `exhibits.caption` has put among its words; as-of alone where cards carry their own
    marks and sources. `more` is a link at its end."""
    if not whole:
        return wrap(f'<p class="sj-caption"><span>{escape(words("stamp"))}</span></p>', words.lang)
    parts = [mark(words, words("basis"))]
    if words.has("unit"):
        parts.append(_pair(words, "caption.unit", words("unit")))
    if words("sources"):
        parts.append(_pair(words, "caption.sources", words("sources")))
    parts.append(f"<span>{escape(words('stamp'))}</span>")
    return wrap(f'<p class="sj-caption">{"".join(parts)}{more}</p>', words.lang)


def link(address: str, said: str, help: str = "") -> str:
    """A link within the dashboard, to be put among other words."""
    return f'<a class="sj-receipt" href="{escape(address)}" target="_self" title="{escape(help)}">{escape(said)}</a>'


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


def _quoted(text: str) -> str:
    """A name or a value as an address holds it."""
    plain = {letter for letter in text if letter.isascii() and (letter.isalnum() or letter in "-_.~")}
    return "".join(letter if letter in plain else "".join(f"%{byte:02X}" for byte in letter.encode()) for letter in text)


def _swatch(colour: str) -> str:
    return f'<i style="background:{colour}"></i>' if colour else ""


def listed(rows: Iterable[Listed], words: Words, value: str, chosen: str | None, query: dict[str, str], dark: bool) -> str:
    """What a map shows as a table; each row is a link that chooses its prefecture, `query` what else the address says, `value`
    the head of the values. It comes in the order of ranks; map.js sorts it by what stands in data-key."""
    body = []
    for row in rows:
        here = row.code == chosen
        link = escape(address(query | {"prefecture": row.code}))
        ground, letters = theme.dress(row.colour, dark), theme.dress(row.ink, dark)
        name = f'<a href="{link}" target="_self"{" aria-current=true" if here else ""}>{escape(row.name)}</a>'
        swatch = f'<i style="background:{ground};color:{letters}">{escape(row.sign)}</i>'
        # Japan lists its prefectures from north to south, as their codes do; nobody looks for them by their characters
        order = row.code if words.lang == "ja" else row.name
        cells = [(row.rank, escape(row.rank)), (row.number, swatch), (order, name), (row.value, escape(row.said))]
        told = "".join(f'<td role="cell" data-key="{escape(key)}">{said}</td>' for key, said in cells)
        more = f'<td role="cell">{escape(row.more)}</td>'
        body.append(f'<tr role="row" data-code="{row.code}"{" class=chosen" if here else ""}>{told}{more}</tr>')
    # the roles are those of a table in any case: laid out as a grid it would lose them in some browsers
    head, first = '<th role="columnheader" scope="col"', '<tr role="row">'
    named = [*((one, words(f"list.{one}")) for one in ("rank", "class", "name")), ("value", value)]
    heads = "".join(
        f'{head}{" aria-sort=ascending" if one == "rank" else ""}><button type="button">{escape(said)}</button></th>'
        for one, said in named
    )
    caption_, more = escape(words("list.caption")), f"{head}>{escape(words('list.more'))}</th>"
    return wrap(
        f'<div class="sj-list" tabindex="0"><table role="table"><caption>{caption_}</caption>'
        f'<thead role="rowgroup">{first}{heads}{more}</tr></thead><tbody role="rowgroup">{"".join(body)}</tbody></table></div>',
        words.lang,
    )


def error(trouble: DashError, words: Words) -> str:
    """An error as the reader's sentences: where, what was expected and found, what to do."""
    told = complaint(trouble, words)
    if not told.problems:
        return wrap(f'<div class="sj-error" role="alert">{escape(told.said)}</div>', words.lang)
    rows = "".join(f"<li>{escape(one)}</li>" for one in told.problems)
    then = "".join(f"<p>{escape(one)}</p>" for one in told.then)
    return wrap(f'<div class="sj-error" role="alert"><p>{escape(told.said)}</p><ul>{rows}</ul>{then}</div>', words.lang)


def announced(body: str, lang: str) -> str:
    """What a screen reader says as soon as it is there."""
    return wrap(f'<div role="status">{body}</div>', lang)


def empty(words: Words) -> str:
    return wrap(f'<p class="sj-empty">{escape(words("empty"))}</p>', words.lang)


def note(said: str, lang: str) -> str:
    return wrap(f'<p class="sj-empty">{escape(said)}</p>', lang)


def contents(heading: str, lines: Iterable[tuple[str, str, bool]], lang: str) -> str:
    """What a report will hold: title and message of each, and whether it is left out."""
    rows = "".join(f"<li{' class=empty' if left else ''}><strong>{escape(a)}</strong> {escape(b)}</li>" for a, b, left in lines)
    return wrap(f'<h3 class="sj-group">{escape(heading)}</h3><ol class="sj-contents">{rows}</ol>', lang)


def heading(said: str, lang: str, below: str = "") -> str:
    """A part of a page, and a line of how it is used."""
    more = f'<p class="sj-message">{escape(below)}</p>' if below else ""
    return wrap(f'<h3 class="sj-group">{escape(said)}</h3>{more}', lang)


def told(said: str, rows: Iterable[str], lang: str, wrong: bool = False) -> str:
    """A list of what is to be known, or of what is to be mended."""
    body = "".join(f"<li>{escape(one)}</li>" for one in rows)
    head = f"<p><strong>{escape(said)}</strong></p>" if said else ""
    kind = 'class="sj-error" role="alert"' if wrong else 'class="sj-told"'
    return wrap(f"<div {kind}>{head}<ul>{body}</ul></div>", lang)


def uploader(choose: str, most: str) -> str:
    """What Streamlit's place for files says in English alone, for style.css."""
    said = {"--sj-choose": choose, "--sj-most": most}
    marked = {name: text.replace("\\", "").replace('"', "").replace("<", "") for name, text in said.items()}
    return "<style>.stApp { " + " ".join(f'{name}: "{text}";' for name, text in marked.items()) + " }</style>"


def line(said: str, lang: str) -> str:
    return wrap(f"<p>{escape(said)}</p>", lang)


def plan(name: str, since: str, words: Words) -> str:
    """The plan's name and dates, and calmly what was decided since."""
    after = f" · {escape(since)}" if since else ""
    return wrap(f'<p class="sj-plan"><strong>{escape(name)}</strong>{after}</p>', words.lang)


def band(said: str, lang: str, tone: str = "") -> str:
    return wrap(f'<p class="sj-band {tone}" role="note">{escape(said)}</p>', lang)


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
