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
    (b"\x00\x05\x16\x07", "AppleDouble"),
)
_PROTECTED = (
    b"SCDSA",
    b"<DOCUMENT SAFER",
    b"NASCA DRM",
    b"DRMONE",
    b"Fasoo DRM",
    b"MarkAny",
    b"SOFTCAMP",
)  # envelopes of offices
_OLD_SHEETS = (  # first bytes of spreadsheets that are not read
    (b"\x09\x00", "Excel 2"),
    (b"\x09\x02", "Excel 3"),
    (b"\x09\x04", "Excel 4"),
    (b"\x09\x08", "Excel 5"),
    (b"\x00\x00\x02\x00", "Lotus 1-2-3"),
    (b"\x00\x00\x1a\x00", "Lotus 1-2-3"),
    (b"ID;P", "SYLK"),
    (b"HWP Document File", "HWP"),
)
_OLE_PARTS = (  # names inside a compound file, in UTF-16, of files that are no workbook
    ("EncryptedPackage", "password"),
    ("DRMEncrypted", "protected"),
    ("HwpSummaryInformation", "HWP"),
    ("BodyText", "HWP"),
    ("WordDocument", "Word"),
    ("PowerPoint Document", "PowerPoint"),
    ("__substg1.0", "Outlook"),
)
_LEAST_PADDING = 8
_OLE_BOOKS = ("Workbook", "Book")
_TAGS = re.compile(rb"<\s*(?:table|tr|html)[\s>]", re.IGNORECASE)


def detect(content: bytes) -> str:
    """Return text, workbook (a zip), old_workbook or web_table. Raises Refused for everything else."""
    for signature, name in _SIGNATURES:
        if content.startswith(signature):
            raise Refused("not_a_table", found=name)
    if any(sign in content[:200] for sign in _PROTECTED):
        raise Refused("not_a_table", found="protected")
    for signature, name in _OLD_SHEETS:
        if content.startswith(signature) and (signature[0] != 9 or content[3:4] == b"\0"):
            raise Refused("other_workbook", found=name)
    if content.startswith(b"PK"):
        return "workbook"
    if content.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        _refuse_compound_file(content)
        return "old_workbook"
    start = content[:4000].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if (
        b"urn:schemas-microsoft-com:office:spreadsheet" in content[:4000].replace(b"\0", b"")
        and b"<html" not in start[:200].lower()
    ):
        raise Refused("other_workbook", found="Excel XML 2003")
    if start.startswith(b"<"):
        if _TAGS.search(content[:200_000].replace(b"\0", b"")):
            return "web_table"
        if start.lower().startswith((b"<?xml", b"<!doctype")):
            raise Refused("not_a_table", found="xml")
    return "text"


def _refuse_compound_file(content: bytes) -> None:
    """Refuse a compound file (OLE) that is protected, or no workbook, by the names of its parts."""
    parts = [name for mark, name in _OLE_PARTS if mark.encode("utf-16-le") in content]
    if "protected" in parts:
        raise Refused("not_a_table", found="protected")
    if "password" in parts:
        raise Refused("password")
    is_book = any(f"{name}\0".encode("utf-16-le") in content for name in _OLE_BOOKS)
    if parts and not is_book:
        raise Refused("other_workbook" if parts[0] == "HWP" else "not_a_table", found=parts[0])


def is_owner_file(content: bytes, name: str) -> bool:
    """Return whether a file is the small one that Excel keeps beside a workbook while it is open."""
    return name.startswith("~$") and len(content) < 1024


def strip_padding(content: bytes) -> tuple[bytes, int]:
    """Return a text without the NULs that a loss of power left at its end, and their number; UTF-16 stays as it is."""
    bare = content.rstrip(b"\0")
    count = len(content) - len(bare)
    is_text = not content.startswith((b"PK", b"\xd0\xcf", b"\xff\xfe", b"\xfe\xff"))
    return (bare, count) if count >= _LEAST_PADDING and is_text and b"\0" not in bare else (content, 0)
