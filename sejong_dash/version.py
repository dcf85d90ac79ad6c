"""Names the version of the dashboard and the day of its release; CHANGELOG.md says what it brought."""

from datetime import date

VERSION = "0.2.0"
RELEASED = date(2026, 11, 30)
TAG = f"v{VERSION}"  # as it is shown
