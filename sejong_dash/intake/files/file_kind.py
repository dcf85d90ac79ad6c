"""Detects what a file is by its content, whatever its name says."""

import re

from sejong_dash.intake.findings import Refused

_SIGNATURES = (  # first bytes of files that hold no table
    (b"%PDF", "pdf"),
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"BM\x00", "image"),
    (b"RIFF", "media"),
    (b"\x1f\x8b", "archive"),
    (b"7z\xbc\xaf", "archive"),
    (b"Rar!", "archive"),
    (b"BZh", "archive"),
    (b"\xfd7zXZ", "archive"),
    (b"(\xb5/\xfd", "archive"),
    (b"{\\rtf", "document"),
    (b"SQLite format 3\x00", "database"),
    (b"PAR1", "database"),
    (b"\x7fELF", "program"),
    (b"MZ\x90\x00", "program"),
    (b"MIME-Version:", "web_archive"),
    (b"SCDSA", "protected"),
)
_TAGS = re.compile(rb"<\s*(?:table|tr|html)[\s>]", re.IGNORECASE)


def detect(content: bytes) -> str:
    """Return text, workbook (a zip), old_workbook or web_table. Raises Refused for everything else."""
    for signature, name in _SIGNATURES:
        if content.startswith(signature):
            raise Refused("not_a_table", found=name)
    if content.startswith(b"PK"):
        return "workbook"
    if content.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return "old_workbook"
    start = content[:4000].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if start.startswith(b"<"):
        if _TAGS.search(content[:200_000].replace(b"\0", b"")):
            return "web_table"
        if start.lower().startswith((b"<?xml", b"<!doctype")):
            raise Refused("not_a_table", found="xml")
    return "text"
