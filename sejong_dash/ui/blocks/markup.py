"""Turns text from the data into the page's HTML without letting it become markup.

Everything that comes from a table goes through `escape`; Streamlit sanitizes the result once more. Streamlit's own cards
cannot hold a basis mark, a source and a group heading, so the cards are written here.
"""

from collections.abc import Iterable, Mapping
from html import escape

from sejong_dash import theme
from sejong_dash.contracts import Listed
from sejong_dash.errors import DashError
from sejong_dash.exhibits import address as parameters
from sejong_dash.exhibits import caption as exhibit_caption
from sejong_dash.exhibits.error_text import describe_error
from sejong_dash.exports.web.phrases import in_phrases, whole
from sejong_dash.ui.browser import selectors
from sejong_dash.words import Words

_MARKED = ("sample", "assumption")


def wrap(body: str, lang: str, kind: str = "") -> str:
    """Return HTML in the element that all of the dashboard's styles apply to, with its language; `kind` is a class of its own."""
    return f'<div class="{f"sj {kind}".strip()}" lang="{lang}">{body}</div>'


def stacked(*parts: str) -> str:
    """Return HTML below each other, with the room between that the page has between its elements; what is blank is left out."""
    return f'<div class="sj-stack">{"".join(parts)}</div>'


def around(above: str, below: str) -> str:
    """Return HTML for above and below the drawing that comes next, on the screen and on paper."""
    return f'<div class="sj-around">{above}{below}</div>'


def head(words: Words, message: str, about: str = "", basis: str = "", scope: Iterable[str] = ()) -> str:
    """Return title and message; `about` is behind a button (`about_exhibit.menu`), `basis` is shown where it is no report,
    `scope` is the day or channel that the exhibit is of, where one is chosen."""
    below = f'<p class="sj-message">{whole(message)}</p>' if message else ""
    sign = "".join(f' <span class="sj-scope">{escape(part)}</span>' for part in scope)
    sign += f" {mark(words, basis)}" if basis in _MARKED else ""
    return wrap(f'<h2 class="sj-title">{escape(words("title"))}{sign}</h2>{below}{about}', words.lang)


def message(text: str, lang: str) -> str:
    """Return what an exhibit says in a sentence, where it does not stand below the title."""
    return wrap(f'<p class="sj-message">{whole(text)}</p>', lang)


def address(query: Mapping[str, str], place: str = "") -> str:
    """Return the parameters of an address, blank where there are none, and a place on the page: `?lang=ko&plan=…#place`."""
    return parameters.query(query) + "#" * bool(place) + place


def mark(words: Words, basis: str) -> str:
    """Return the mark of a basis, with its explanation."""
    return (
        f'<span class="sj-mark {basis}" title="{escape(words(f"basis_help.{basis}"))}">{escape(words(f"basis.{basis}"))}</span>'
    )


def headline(text: str, lang: str) -> str:
    """Return a number to read at a glance, with its unit and its day."""
    return wrap(f'<p class="sj-headline">{escape(text)}</p>', lang)


def caption(words: Words, is_shared: bool, more: str = "") -> str:
    """Return the line below a chart, from the entries of `exhibits.caption` in its words; as-of alone where cards have marks and
    sources of their own. `more` is a link at its end."""
    lines = exhibit_caption.lines(words, ("unit", "sources", "stamp") if is_shared else ("stamp",)).values()
    spans = "".join(f"<span>{escape(line)}</span>" for line in lines)
    body = mark(words, words("basis")) + spans + more if is_shared else spans
    return wrap(f'<p class="sj-caption">{body}</p>', words.lang)


def link(address: str, text: str, help: str = "") -> str:
    """Return a link within the dashboard, to be put into other HTML."""
    return f'<a class="sj-receipt" href="{escape(address)}" target="_self" title="{escape(help)}">{escape(text)}</a>'


def legend(entries: Iterable[tuple[str, str]], words: Words) -> str:
    """Return colours (blank: the name begins with its own sign) and meanings, for a drawing without a legend."""
    return wrap(
        '<p class="sj-legend">' + "".join(f"<span>{_swatch(colour)}{escape(name)}</span>" for colour, name in entries) + "</p>",
        words.lang,
    )


def _swatch(colour: str) -> str:
    return f'<i style="background:{colour}"></i>' if colour else ""


def listed(rows: Iterable[Listed], words: Words, value: str, chosen: str | None, query: dict[str, str], dark: bool) -> str:
    """Return what a map shows as a table in the order of ranks; map.js sorts it by the attributes data-key.

    Each row is a link that chooses its prefecture; `query` holds the other parameters of the address, `value` is the heading of
    the values, `chosen` the code of the chosen prefecture.
    """
    body = []
    for row in rows:
        is_chosen = row.code == chosen
        link = escape(address(query | {"prefecture": row.code}))
        ground, letters = theme.dress(row.colour, dark), theme.dress(row.ink, dark)
        name = f'<a href="{link}" target="_self"{" aria-current=true" if is_chosen else ""}>{escape(row.name)}</a>'
        swatch = f'<i style="background:{ground};color:{letters}">{escape(row.sign)}</i>'
        named = (row.code if words.lang == "ja" else row.name, name)  # Japan lists them from north to south, as their codes do
        cells = [(row.rank, escape(row.rank)), (row.number, swatch), named, (row.value, escape(row.value_text))]
        columns = "".join(f'<td role="cell" data-key="{escape(key)}">{cell}</td>' for key, cell in cells)
        more = f'<td role="cell">{in_phrases(row.hover_text, words.lang)}</td>'
        body.append(f'<tr role="row" data-code="{row.code}"{" class=chosen" if is_chosen else ""}>{columns}{more}</tr>')
    # the roles are those of a table in any case: laid out as a grid it would lose them in some browsers
    head, first = '<th role="columnheader" scope="col"', '<tr role="row">'
    headings = [*((name, words(f"list.{name}")) for name in ("rank", "class", "name")), ("value", value)]
    heads = "".join(
        f'{head}{" aria-sort=ascending" if name == "rank" else ""}><button type="button">{escape(text)}</button></th>'
        for name, text in headings
    )
    caption_, more = in_phrases(words("list.caption"), words.lang), f"{head}>{escape(words('list.more'))}</th>"
    return wrap(
        f'<div class="sj-list" tabindex="0"><table role="table"><caption>{caption_}</caption>'
        f'<thead role="rowgroup">{first}{heads}{more}</tr></thead><tbody role="rowgroup">{"".join(body)}</tbody></table></div>',
        words.lang,
    )


def error(raised: DashError, words: Words) -> str:
    """Return an error in sentences: where, what was expected and found, what to do; `words` are those of errors.toml."""
    text = describe_error(raised, words)
    if not text.problems:
        return wrap(f'<div class="sj-error" role="alert">{escape(text.summary)}</div>', words.lang)
    problems = "".join(f"<li>{escape(problem)}</li>" for problem in text.problems)
    advice = "".join(f"<p>{escape(sentence)}</p>" for sentence in text.advice)
    return wrap(f'<div class="sj-error" role="alert"><p>{escape(text.summary)}</p><ul>{problems}</ul>{advice}</div>', words.lang)


def announced(body: str, lang: str) -> str:
    """Return HTML that a screen reader reads as soon as it appears."""
    return wrap(f'<div role="status">{body}</div>', lang)


def empty(words: Words, address: str = "") -> str:
    """Return why there is nothing to show; `address` is that of the same page for a plan for which there is."""
    more = f" {link(address, words('choose_other_plan'))}" if address else ""
    return wrap(f'<p class="sj-empty">{escape(words("empty"))}{more}</p>', words.lang)


def lacking(reason: str, lang: str) -> str:
    """Return what is missing in a field, to stand below it."""
    return wrap(f'<p class="sj-lacking">{escape(reason)}</p>', lang)


def note(text: str, lang: str) -> str:
    """Return a paragraph in the muted style of what is absent."""
    return wrap(f'<p class="sj-empty">{escape(text)}</p>', lang)


def contents(heading: str, lines: Iterable[tuple[str, str, bool]], lang: str) -> str:
    """Return what a report will hold, to be opened: title and message of each exhibit, and whether it is left out."""
    rows = "".join(
        f"<li{' class=empty' if is_left_out else ''}><strong>{escape(title)}</strong> {escape(message)}</li>"
        for title, message, is_left_out in lines
    )
    return folded(heading, f'<ol class="sj-contents">{rows}</ol>', lang)


def heading(title: str, lang: str, below: str = "") -> str:
    """Return the heading of a part of a page, and a line below it."""
    more = f'<p class="sj-message">{whole(below)}</p>' if below else ""
    return wrap(f'<h3 class="sj-group">{escape(title)}</h3>{more}', lang)


def bullets(title: str, rows: Iterable[str], lang: str, wrong: bool = False) -> str:
    """Return a list of sentences under a title; `wrong` marks them as errors."""
    body = "".join(f"<li>{escape(row)}</li>" for row in rows)
    head = f"<p><strong>{escape(title)}</strong></p>" if title else ""
    kind = 'class="sj-error" role="alert"' if wrong else 'class="sj-told"'
    return wrap(f"<div {kind}>{head}<ul>{body}</ul></div>", lang)


def folded(title: str, body: str, lang: str) -> str:
    """Return HTML behind its title, to be opened."""
    return wrap(f'<details class="sj-folded"><summary>{escape(title)}</summary>{body}</details>', lang)


def uploader(choose: str, most: str) -> str:
    """Return in the reader's language, for desk.css, what Streamlit's file uploader shows in English alone."""
    texts = {"--sj-choose": choose, "--sj-most": most}
    quotable = {name: text.replace("\\", "").replace('"', "").replace("<", "") for name, text in texts.items()}
    lines = " ".join(f'{name}: "{text}";' for name, text in quotable.items())
    return f"<style>{selectors.css('app')} {{ {lines} }}</style>"


def line(text: str, lang: str) -> str:
    """Return a paragraph."""
    return wrap(f"<p>{escape(text)}</p>", lang)


def plan(name: str, since: str, words: Words) -> str:
    """Return the plan's name and dates, and what was decided since."""
    after = f" · {whole(since)}" if since else ""
    return wrap(f'<p class="sj-plan"><strong>{whole(name)}</strong>{after}</p>', words.lang)


def band(text: str, lang: str, tone: str = "") -> str:
    """Return a line across the page that says what holds for all of it."""
    return wrap(f'<p class="sj-band {tone}" role="note">{whole(text)}</p>', lang)


def history(decisions: Iterable[tuple[str, str, str, bool]], words: Words) -> str:
    """Return what was decided when; the plan that the page shows is marked."""
    rows = "".join(
        f"<li{' class=followed' if followed else ''}><span>{escape(when)}</span> "
        f"<strong>{escape(what)}</strong> {escape(title)}{escape(words('followed')) if followed else ''}</li>"
        for when, what, title, followed in decisions
    )
    return wrap(f'<ol class="sj-history">{rows}</ol>', words.lang)


def page_head(title: str, intro: str, lang: str) -> str:
    """Return the title of a page and its introduction, for screen readers alone."""
    return wrap(f'<div class="sj-quiet"><h1 class="sj-page">{escape(title)}</h1><p>{escape(intro)}</p></div>', lang)
