"""Writes a text in HTML so that its lines end where a phrase does."""

from html import escape

from sejong_dash.layout import text_width


def in_phrases(text: str, lang: str) -> str:
    """Return a text of a narrow column; Japanese breaks behind phrases alone, where styles say `word-break: keep-all`."""
    if lang != "ja":
        return escape(text)
    return "<wbr>".join(escape(part).replace("／", "&NoBreak;／") for part in text_width.phrases(text))
