"""Pack a release with every wheel that it needs, install it on a machine without network, and go back to the one before.

    python deploy/release.py pack --to out/
    python deploy/release.py install out/sejong-dash-0.2.0.tar.gz --to /srv/sejong --data /srv/expo-data
    python deploy/release.py back --to /srv/sejong

`install` and `back` need Python alone. A release stands in a folder of its own; `current` names the one that is served and
`previous` the one before, so that going back is one step. Data lies elsewhere: it is backed up before an update where --data
names it. Exit code 0: done. 3: not done; stderr says why, and what was served before is served still.
"""

import argparse
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from datetime import datetime
from email.parser import HeaderParser
from pathlib import Path

PINS = "requirements-database.txt"  # everything that a server needs, with the hash of each file
SUMS, WHEELS, SBOM, LICENCES = "SHA256SUMS", "wheelhouse", "sbom.cdx.json", "licences.txt"


class ReleaseError(Exception):
    """What stops a release from being packed or installed, in a sentence."""


def pack(project: Path, to: Path, options: Sequence[str] = ()) -> Path:
    """Return a bundle of the project's tracked files, its wheels, a list of parts (CycloneDX) and one of licences.

    `options` go to `pip download`, to pack for another system than this. Raises ReleaseError.
    """
    version = _version(project)
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made) / f"sejong-dash-{version}"
        for name in _run(["git", "ls-files", "-z"], project).split("\0"):
            if name and (project / name).is_file():
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(project / name, folder / name)
        download = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--only-binary=:all:"]
        _run([*download, "--require-hashes", *options, "-r", PINS, "-d", str(folder / WHEELS)], folder)
        _run([sys.executable, "-m", "cyclonedx_py", "requirements", "--output-file", SBOM, PINS], folder)
        (folder / LICENCES).write_text("\n".join(licences(folder / WHEELS)) + "\n", encoding="utf-8")
        (folder / SUMS).write_text("".join(f"{digest}  {name}\n" for name, digest in _sums(folder)), encoding="utf-8")
        to.mkdir(parents=True, exist_ok=True)
        bundle = to / f"{folder.name}.tar.gz"
        with tarfile.open(bundle, "w:gz", compresslevel=1) as archive:  # wheels are compressed already
            archive.add(folder, folder.name)
    return bundle


def install(bundle: Path, to: Path, data: Path | None = None) -> Path:
    """Install a bundle and let it be served; return its folder. Nothing is fetched. Raises ReleaseError, and then what was served
    before is served still."""
    releases = to / "releases"
    releases.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=releases) as made:
        folder = _unpacked(bundle, Path(made))
        target = releases / f"{folder.name}-{hashlib.sha256((folder / SUMS).read_bytes()).hexdigest()[:8]}"
        if target.exists():
            shutil.rmtree(target) if not _is_served(target, to) else None
        if not target.exists():
            folder.replace(target)
    if not (target / ".venv").exists():
        try:
            _install_wheels(target)
        except ReleaseError:
            shutil.rmtree(target)
            raise
    current = to / "current"
    if current.exists() and data is not None:
        (to / "backups").mkdir(exist_ok=True)
        backup = to / "backups" / f"{datetime.now():%Y-%m-%d_%H%M%S}.zip"
        command = [str(_python(current)), "-m", "sejong_dash.store", "backup", "--to", str(backup)]
        _run(command, current, {"SEJONG_DATA": str(data)})
    if current.exists() and current.resolve() != target.resolve():
        _point(to / "previous", current.resolve())
    _point(current, target)
    return target


def back(to: Path) -> Path:
    """Let the release before be served again, and the present one be the one before; return its folder. Raises ReleaseError."""
    current, previous = to / "current", to / "previous"
    if not previous.exists():
        raise ReleaseError("There is no release before this one.")
    now, before = current.resolve(), previous.resolve()
    _point(current, before)
    _point(previous, now)
    return before


def licences(wheels: Path) -> list[str]:
    """Return for each wheel its name, version and licence, as its own metadata has it."""
    found = []
    for wheel in sorted(wheels.glob("*.whl")):
        with zipfile.ZipFile(wheel) as archive:
            metadata = next(name for name in archive.namelist() if re.fullmatch(r"[^/]+\.dist-info/METADATA", name))
            named = HeaderParser().parsestr(archive.read(metadata).decode("utf-8", "replace"))
        classified = [text.rpartition(" :: ")[2] for text in named.get_all("Classifier", []) if text.startswith("License ::")]
        first_line = str(named.get("License", "")).strip().partition("\n")[0]
        licence = named.get("License-Expression") or "; ".join(classified) or first_line or "not stated"
        found.append(f"{named['Name']} {named['Version']}: {licence}")
    return found


def _unpacked(bundle: Path, made: Path) -> Path:
    """The folder of a bundle, once every file in it is what was packed."""
    try:
        with tarfile.open(bundle) as archive:
            archive.extractall(made, filter="data")
        (folder,) = made.iterdir()
        stated = dict(line.split("  ", 1)[::-1] for line in (folder / SUMS).read_text("utf-8").splitlines())
    except (OSError, EOFError, tarfile.TarError, ValueError) as error:
        raise ReleaseError(f"{bundle.name} cannot be read ({type(error).__name__}).") from error
    wrong = sorted(stated.items() ^ dict(_sums(folder)).items())
    if wrong:
        raise ReleaseError(f"{bundle.name} is not what was packed: {wrong[0][0]} differs.")
    return folder


def _install_wheels(folder: Path) -> None:
    _run([sys.executable, "-m", "venv", ".venv"], folder)
    command = [str(_python(folder)), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-index"]
    _run([*command, f"--find-links={WHEELS}", "--require-hashes", "-r", PINS], folder)
    _run([str(_python(folder)), "-m", "sejong_dash.store", "--help"], folder)


def _sums(folder: Path) -> Iterator[tuple[str, str]]:
    for file in sorted(folder.rglob("*")):
        if file.is_file() and file.name != SUMS:
            yield file.relative_to(folder).as_posix(), hashlib.sha256(file.read_bytes()).hexdigest()


def _is_served(target: Path, to: Path) -> bool:
    return any((to / name).resolve() == target.resolve() for name in ("current", "previous"))


def _point(link: Path, target: Path) -> None:
    """Let a link lead to a folder, in one step."""
    fresh = link.with_name(f".{link.name}")
    fresh.unlink(missing_ok=True)
    fresh.symlink_to(os.path.relpath(target, link.parent), target_is_directory=True)
    fresh.replace(link)


def _python(folder: Path) -> Path:
    return folder / ".venv" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def _version(project: Path) -> str:
    text = (project / "sejong_dash" / "version.py").read_text("utf-8")
    if not (found := re.search(r'^VERSION = "([\w.]+)"', text, re.MULTILINE)):
        raise ReleaseError("sejong_dash/version.py names no version.")
    return found[1]


def _run(command: list[str], folder: Path, more: dict[str, str] | None = None) -> str:
    # No setting of the machine's owner for pip holds where nothing is to be fetched.
    environment = os.environ | (more or {}) | ({"PIP_CONFIG_FILE": os.devnull} if "--no-index" in command else {})
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, env=environment)
    if done.returncode:
        raise ReleaseError(f"{' '.join(command[:6])} … failed:\n{(done.stderr or done.stdout).strip()[-2000:]}")
    return done.stdout


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what is asked and return the exit code."""
    parser = argparse.ArgumentParser(prog="python deploy/release.py", description="Pack, install and take back releases.")
    commands = parser.add_subparsers(dest="command", required=True)
    packing = commands.add_parser("pack", help="a release with its wheels; what follows -- goes to pip download")
    packing.add_argument("--to", type=Path, required=True, help="the folder for the bundle")
    packing.add_argument("options", nargs="*", help="such as -- --platform=win_amd64 --python-version=3.11")
    installing = commands.add_parser("install", help="a bundle, without network")
    installing.add_argument("bundle", type=Path)
    installing.add_argument("--data", type=Path, help="the folder of the tables, which is backed up before an update")
    going_back = commands.add_parser("back", help="to the release before")
    for command in (installing, going_back):
        command.add_argument("--to", type=Path, required=True, help="the folder with releases/, current and previous")
    asked = parser.parse_args(arguments)
    try:
        if asked.command == "pack":
            print(pack(Path(__file__).resolve().parent.parent, asked.to, asked.options))
        elif asked.command == "install":
            print(install(asked.bundle, asked.to.resolve(), asked.data))
        else:
            print(back(asked.to.resolve()))
    except ReleaseError as error:
        print(error, file=sys.stderr)
        return 3
    return 0


if __name__ == "__main__":
    sys.exit(main())
