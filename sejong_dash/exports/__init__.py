"""Files to take away: of one exhibit or of a whole report, in the formats that `formats` lists."""

from .formats import FORMATS, REPORT_FORMATS, Format, ReportFormat

__all__ = ["FORMATS", "REPORT_FORMATS", "Format", "ReportFormat"]
