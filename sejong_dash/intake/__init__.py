"""What does a file that somebody brings say, and what in it must be mended before it can be counted?"""

from .intake import COLUMNS, Candidate, Finding, Intake, Refused, moving, proposed, refused, sentence, without_place
from .overlap import overlaps
from .reading import TABLES, log_refused, read
from .sheet import MOST_BYTES

__all__ = [
    "COLUMNS",
    "MOST_BYTES",
    "TABLES",
    "Candidate",
    "Finding",
    "Intake",
    "Refused",
    "log_refused",
    "moving",
    "overlaps",
    "proposed",
    "read",
    "refused",
    "sentence",
    "without_place",
]
