"""List what a reader should know of a file before its counts are stored: totals, doubts, rows that are no data."""

from collections.abc import Iterable
from itertools import islice

from sejong_dash import intake
from sejong_dash import words as wording
from sejong_dash.intake import Finding

from . import finding_text

WARNINGS = ("total_alone", "total_mismatch", "overlaps_channel", "improbable", "outside_plans", "overlaps_stored")  # worst first
CHECKED_AGAIN = (*WARNINGS, "total_row_skipped", "channel_unknown")  # what a reading of corrected rows finds anew
_COUNTED = ("total_row_skipped", "average_row_skipped", "prefecture_not_known", "unit_of_heading")
_SHOWN = 3  # of each kind; all of them stand in the list of what is to be known of single rows


def is_warning(finding: Finding) -> bool:
    """Return whether it speaks against storing the rows as they are."""
    return finding.code in WARNINGS and finding.fields.get("differ") != 0


def warnings(findings: Iterable[Finding], lang: str) -> list[str]:
    """Return what speaks against storing the rows, the worst first, each kind with how many there are."""
    words = wording.of(__file__, lang)
    found = [finding for finding in findings if is_warning(finding)]
    lines = []
    for code in WARNINGS:
        of_kind = [finding for finding in found if finding.code == code]
        lines += [finding_text.sentence(finding, lang) for finding in islice(of_kind, _SHOWN)]
        if len(of_kind) > _SHOWN:
            lines.append(words("more", count=words.number(len(of_kind) - _SHOWN), all=words.number(len(of_kind))))
    return lines


def facts(findings: Iterable[Finding], lang: str) -> list[str]:
    """Return what was done with rows as a whole, with their numbers."""
    words = wording.of(__file__, lang)
    found = [finding for finding in findings if not finding_text.is_own(finding, lang)]
    lines = []
    for code in _COUNTED:
        of_kind = [finding for finding in found if finding.code == code]
        if of_kind and words.has(f"of.{code}"):
            lines.append(words(f"of.{code}", count=words.number(len(of_kind))))
        elif of_kind:
            lines.append(intake.describe_without_place(of_kind[0], lang))
    return lines
