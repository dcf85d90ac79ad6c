"""What does a file that somebody brings say, and what in it must be mended before it can be counted?"""

from .intake import COLUMNS, Candidate, Finding, Intake, proposed, sentence, without_place
from .reading import TABLES, read

__all__ = ["COLUMNS", "TABLES", "Candidate", "Finding", "Intake", "proposed", "read", "sentence", "without_place"]
