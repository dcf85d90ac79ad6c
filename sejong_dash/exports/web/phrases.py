"""Writes a text in HTML so that its lines end where a phrase does."""

from html import escape

from sejong_dash.layout import text_width


def in_phrases(text: str, lang: str) -> str:
    """Return a text of a narrow column; Japanese breaks behind phrases alone, where styles say `word-break: keep-all`."""
    return "<wbr>".join(map(escape, text_width.phrases(text))) if lang == "ja" else escape(text)
