"""List the files of a version of the tables, and tell its content from any other by a hash."""

import os
from hashlib import blake2b
from pathlib import Path

from sejong_dash import contents
from sejong_dash.paths import data_dir, incoming_dir

_SUFFIXES = {".csv", ".sql", ".toml", ".geojson"}


def fingerprint(version: str = "") -> str:
    """Return a hash of everything in the folder of a version; equal hashes mean equal content."""
    total = blake2b(digest_size=12)
    for path in files(version):
        try:
            content = contents.digest(path)
        except OSError as error:  # loading the table reports why it cannot be read
            content = type(error).__name__.encode()
        total.update(os.fsencode(path.name) + content)
    return total.hexdigest()


def files(version: str = "") -> list[Path]:
    """Return every CSV, SQL, TOML and GeoJSON below the folder of a version, in order, without folders that begin with a dot
    (snapshots) and the folder of incoming files. Dangling links and folders named like files are included, so that loading
    reports them."""
    waiting, found = incoming_dir(), []
    for place, folders, names in os.walk(data_dir(version)):  # skips a folder that vanishes meanwhile
        folders[:] = [name for name in folders if name[0] != "." and Path(place, name) != waiting]
        found += [Path(place, name) for name in (*folders, *names) if name[0] != "." and Path(name).suffix in _SUFFIXES]
    return sorted(found)
