"""Say what was found in a file, and whether it is only how the desk itself writes."""

from dataclasses import replace
from unicodedata import normalize

from sejong_dash import intake
from sejong_dash import words as wording
from sejong_dash.exhibits import narrowing
from sejong_dash.intake import Finding
from sejong_dash.ui.desk import count_tables


def sentence(finding: Finding, lang: str) -> str:
    """Return a finding for a reader who has the file before them: its row, if it is of a row, and what it is."""
    if finding.row is None:
        return describe(finding, lang)
    return intake.describe(_with_channel_name(finding, lang), "", lang).strip()


def describe(finding: Finding, lang: str) -> str:
    """Return a finding for a reader who sees where it is."""
    return intake.describe_without_place(_with_channel_name(finding, lang), lang)


def _with_channel_name(finding: Finding, lang: str) -> Finding:
    """A finding with the channel's name in the desk's tables, not its code."""
    if finding.code != "channel_named":
        return finding
    name = narrowing.channel_name(str(finding.fields["value"]), count_tables.words(lang))
    return replace(finding, fields={**finding.fields, "value": name})


def is_own(finding: Finding, lang: str) -> bool:
    """Return whether a cell, or a heading, stands as the desk itself writes it."""
    labels_by_lang = {code: count_tables.words(code) for code in wording.LANGUAGES}
    if finding.code == "headings_japanese":
        return lang == "ja"
    if finding.code == "column_ignored":  # of the sheet with the rows to correct
        own = {labels(f"columns.{name}") for labels in labels_by_lang.values() for name in ("line", "trouble")}
        return str(finding.fields["found"]) in own
    if finding.code not in ("channel_named", "prefecture_not_known"):
        return False
    key = f"channel.{finding.fields['value']}" if finding.code == "channel_named" else "unknown"
    own = {normalize("NFKC", labels(key)) for labels in labels_by_lang.values() if labels.has(key)}
    return normalize("NFKC", str(finding.fields["found"])) in own
