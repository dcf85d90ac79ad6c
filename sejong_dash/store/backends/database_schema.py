"""Define the tables of the database in which counts, journal, snapshots and settings are kept.

What the dashboard needs byte for byte (a row of the counts as it is written, a line of the journal) stands as it is; beside it
stands what it says in columns, for whoever asks the database by SQL.
"""

import sqlalchemy as sa

LAYOUT = 1  # of the tables below; a server that knows another leaves them alone
COUNTS, SNAPSHOTS, SETTINGS, LAYOUT_PART = "counts", "snapshots", "settings", "layout"

metadata = sa.MetaData()

state = sa.Table(  # one row for each part; its number grows with every change of the part
    "sejong_state",
    metadata,
    sa.Column("part", sa.Text, primary_key=True),
    sa.Column("number", sa.BigInteger, nullable=False),
    sa.Column("version", sa.Text, nullable=False),
)

counts = sa.Table(  # the rows of visitors.csv in the order of `place`; the first is the line of headings
    "sejong_counts",
    metadata,
    sa.Column("place", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("line", sa.LargeBinary, nullable=False),
    sa.Column("date", sa.Date, index=True),
    sa.Column("jis_code", sa.Text),
    sa.Column("channel", sa.Text),
    sa.Column("visitors", sa.BigInteger),
    sa.Column("recorded_on", sa.Date),
    sa.Column("basis", sa.Text),
    sa.Column("source_id", sa.Text),
)

journal = sa.Table(  # a row for each change; `chain` is the hash of its line and of the chain before it
    "sejong_journal",
    metadata,
    sa.Column("change", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("line", sa.LargeBinary, nullable=False),
    sa.Column("chain", sa.LargeBinary, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    sa.Column("who", sa.Text, nullable=False),
    sa.Column("why", sa.Text, nullable=False),
    sa.Column("file", sa.Text, nullable=False),
    sa.Column("undoes", sa.BigInteger),
    sa.Column("version", sa.Text, nullable=False, index=True),
)

snapshots = sa.Table(
    "sejong_snapshots",
    metadata,
    sa.Column("version", sa.Text, primary_key=True),
    sa.Column("digest", sa.LargeBinary, nullable=False),
)

snapshot_files = sa.Table(
    "sejong_snapshot_files",
    metadata,
    sa.Column("version", sa.Text, sa.ForeignKey(snapshots.c.version, ondelete="CASCADE"), primary_key=True),
    sa.Column("path", sa.Text, primary_key=True),
    sa.Column("content", sa.LargeBinary, nullable=False),
)

settings = sa.Table(
    "sejong_settings",
    metadata,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("content", sa.LargeBinary, nullable=False),
)
