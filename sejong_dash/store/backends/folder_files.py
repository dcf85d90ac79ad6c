"""Read and replace what stands in a data folder beside its tables: journal, snapshots and settings, each file in one step."""

import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from sejong_dash import paths
from sejong_dash.errors import DashError

from .. import disk, snapshots

SETTINGS = ("letterhead.toml",)
"""Files of the data folder that hold what a host has set; every machine of a host has the same."""


def snapshot_files(version: str) -> dict[str, bytes]:
    """Return the files of a snapshot by their path below its folder; none where it is not kept. Raises OSError."""
    folder = paths.frozen_dir(version)
    found = sorted(file for file in folder.rglob("*") if file.is_file()) if version in snapshots.versions() else []
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in found}


def write_snapshot(version: str, files: Mapping[str, bytes]) -> None:
    """Let the folder of a snapshot hold these files and no other. Raises OSError, and DashError where a name leads elsewhere."""
    if not snapshots.is_version(version):
        raise DashError("store_path_outside", name=version)
    target = paths.frozen_dir(version)
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent) as folder:
        copy = Path(folder) / version
        for name, content in files.items():
            place = copy / name
            if not place.resolve().is_relative_to(copy.resolve()):
                raise DashError("store_path_outside", name=name)
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(content)
        if target.is_dir():
            shutil.rmtree(target)
        copy.replace(target)


def remove_snapshot(version: str) -> None:
    """Remove the folder of a snapshot, if it is there. Raises OSError."""
    if paths.frozen_dir(version).is_dir():
        shutil.rmtree(paths.frozen_dir(version))


def settings() -> dict[str, bytes]:
    """Return the settings of the data folder by the name of their file. Raises OSError."""
    return {name: content for name in SETTINGS if (content := disk.read(paths.live_dir() / name))}


def write_setting(name: str, content: bytes | None) -> None:
    """Let the file of a setting hold this; None: no such file. Raises OSError."""
    path = setting_path(name)
    if content is None:
        path.unlink(missing_ok=True)
    elif disk.read(path) != content:
        disk.replace_file(path, content)


def setting_path(name: str) -> Path:
    """Return the file of a setting. Raises DashError where there is no such setting."""
    if name not in SETTINGS:
        raise DashError("store_no_setting", name=name, names=", ".join(SETTINGS))
    return paths.live_dir() / name
