"""Turns a stranger's file into a checked table of counts, or a list of findings. The way of a file through this room:

1. files: the bytes become rows of cells, whatever the file is (text, workbook, web page), in whatever encoding.
2. table: the headings are found, and each column is given its role; totals and repeated headings are set apart.
3. cells: each text becomes a day, a prefecture, a channel or a number of people, or an error with a proposal.
4. doubts: what may mean another number (a mark, a unit, a second table) becomes an error, or a question to the reader.
5. `read` gives an `Intake`: clean rows with what stood in the file, row errors, notices. `describe` puts them into words.
6. gate_log: a log of the gates, a row for each entry, is counted by day instead (`gate_file.is_gate_log` decides).
"""

from .cells.channels import list_channels
from .count_file import TABLES, log_refusal, read
from .files.raw_sheet import MOST_BYTES
from .findings import (
    COLUMNS,
    Finding,
    Refused,
    describe,
    describe_option,
    describe_question,
    describe_without_place,
    localize_proposal,
    moving_file_error,
)
from .intake_result import Candidate, Intake, reject_file
from .reading_account import CellChange, Checksum, Question, ReadingChange, SumDifference
from .table.overlap import find_overlaps
from .typed_rows import read_rows

__all__ = [
    "COLUMNS",
    "MOST_BYTES",
    "TABLES",
    "Candidate",
    "CellChange",
    "Checksum",
    "Finding",
    "Intake",
    "Question",
    "ReadingChange",
    "Refused",
    "SumDifference",
    "describe",
    "describe_option",
    "describe_question",
    "describe_without_place",
    "find_overlaps",
    "list_channels",
    "localize_proposal",
    "log_refusal",
    "moving_file_error",
    "read",
    "read_rows",
    "reject_file",
]
