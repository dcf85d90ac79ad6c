"""A release is packed with its wheels, installed without network, updated, and taken back."""

import base64
import hashlib
import io
import json
import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest

from sejong_dash.paths import PROJECT

pytestmark = pytest.mark.thorough

RELEASE = PROJECT / "deploy" / "release.py"
NO_NETWORK = ["unshare", "--map-root-user", "--net"]  # a namespace with nothing but a loopback that is down


def has_namespaces() -> bool:
    if not shutil.which("unshare"):
        return False
    return subprocess.run([*NO_NETWORK, "true"], capture_output=True).returncode == 0


def wheel(version: str) -> bytes:
    """A package `tinypart` that is nothing but its version."""
    info = f"tinypart-{version}.dist-info"
    files = {
        "tinypart.py": f"VERSION = {version!r}\n".encode(),
        f"{info}/METADATA": f"Metadata-Version: 2.4\nName: tinypart\nVersion: {version}\nLicense-Expression: MIT\n".encode(),
        f"{info}/WHEEL": b"Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    lines = []
    for name, content in files.items():
        digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
        lines.append(f"{name},sha256={digest},{len(content)}\n")
    files[f"{info}/RECORD"] = "".join([*lines, f"{info}/RECORD,,\n"]).encode()
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name), content)
    return made.getvalue()


def bundle(folder: Path, version: str, *, tampered: bool = False, pinned: bytes | None = None) -> Path:
    """A bundle of a project that is a program for its store and needs `tinypart`, as `pack` writes it."""
    name = f"sejong-dash-{version}"
    part = wheel(version)
    files = {
        "sejong_dash/__init__.py": b"",
        "sejong_dash/store/__init__.py": b"",
        "sejong_dash/store/__main__.py": (
            b"import os, pathlib, sys, tinypart\n"
            b"if 'backup' in sys.argv: pathlib.Path(sys.argv[-1]).write_text(tinypart.VERSION + os.environ['SEJONG_DATA'])\n"
        ),
        f"wheelhouse/tinypart-{version}-py3-none-any.whl": part,
        "requirements-database.txt": (
            f"tinypart=={version} --hash=sha256:{hashlib.sha256(pinned or part).hexdigest()}\n".encode()
        ),
    }
    sums = "".join(f"{hashlib.sha256(files[file]).hexdigest()}  {file}\n" for file in sorted(files))
    if tampered:
        files["sejong_dash/__init__.py"] = b"# not what was packed\n"
    path = folder / f"{name}.tar.gz"
    with tarfile.open(path, "w:gz") as archive:
        for file, content in (files | {"SHA256SUMS": sums.encode()}).items():
            entry = tarfile.TarInfo(f"{name}/{file}")
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
    return path


def release(*arguments: object, without_network: bool = True) -> "subprocess.CompletedProcess[str]":
    before: Sequence[str] = NO_NETWORK if without_network and has_namespaces() else []
    command = [*before, sys.executable, str(RELEASE), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, env={"PATH": os.environ["PATH"]})


def served(to: Path) -> str:
    """The version that the release that is served has of its part."""
    python = to / "current" / ".venv" / "bin" / "python"
    command = [str(python), "-c", "import tinypart; print(tinypart.VERSION)"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


@pytest.mark.skipif(os.name == "nt", reason="releases are links, which Windows lets few make")
def test_a_release_is_installed_updated_and_taken_back_without_network(tmp_path: Path) -> None:
    to, data = tmp_path / "served", tmp_path / "data"
    first, second = bundle(tmp_path, "1.0"), bundle(tmp_path, "2.0")
    done = release("install", first, "--to", to, "--data", data)
    assert done.returncode == 0, done.stderr
    assert served(to) == "1.0"
    assert release("back", "--to", to).returncode == 3, "there is none before the first"
    assert release("install", second, "--to", to, "--data", data).returncode == 0
    assert served(to) == "2.0"
    assert [file.read_text() for file in (to / "backups").iterdir()] == [f"1.0{data}"], "backed up by the release before"
    assert release("back", "--to", to).returncode == 0
    assert served(to) == "1.0"
    assert release("back", "--to", to).returncode == 0
    assert served(to) == "2.0"
    assert release("install", second, "--to", to).returncode == 0, "again, which changes nothing"
    assert len(list((to / "releases").iterdir())) == 2


@pytest.fixture(scope="module")
def first_served(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which version 1.0 is installed; no test here may change that."""
    folder = tmp_path_factory.mktemp("first")
    assert release("install", bundle(folder, "1.0"), "--to", folder / "served").returncode == 0
    return folder / "served"


@pytest.mark.skipif(os.name == "nt", reason="releases are links, which Windows lets few make")
@pytest.mark.parametrize("fault", ["tampered", "other part", "cut"])
def test_a_bundle_that_is_not_what_was_packed_is_not_installed(fault: str, first_served: Path, tmp_path: Path) -> None:
    to = first_served
    broken = bundle(tmp_path, "2.0", tampered=fault == "tampered", pinned=b"another" if fault == "other part" else None)
    if fault == "cut":
        broken.write_bytes(broken.read_bytes()[:500])
    done = release("install", broken, "--to", to)
    assert done.returncode == 3
    assert done.stderr.strip()
    assert served(to) == "1.0"
    assert len(list((to / "releases").iterdir())) == 1


def test_the_namespace_has_no_network() -> None:
    if not has_namespaces():
        pytest.skip("this system lets us make no namespace")
    program = "import socket; socket.create_connection(('192.0.2.1', 80), timeout=5)"
    done = subprocess.run([*NO_NETWORK, sys.executable, "-c", program], capture_output=True, text=True)
    assert "Network is unreachable" in done.stderr


def test_every_pin_carries_hashes() -> None:
    for file in ("requirements.txt", "requirements-database.txt", "tests/requirements.txt"):
        pins = [line for line in (PROJECT / file).read_text("utf-8").splitlines() if "==" in line and line[0] not in " #"]
        assert len(pins) > 30
        assert [pin for pin in pins if not pin.endswith("\\")] == [], file


def test_licences_are_those_that_wheels_state(tmp_path: Path) -> None:
    (tmp_path / "tinypart-1.0-py3-none-any.whl").write_bytes(wheel("1.0"))
    program = f"import sys, pathlib; sys.path.insert(0, {str(RELEASE.parent)!r}); import release;"
    program += "print(release.licences(pathlib.Path(sys.argv[1])))"
    done = subprocess.run([sys.executable, "-c", program, str(tmp_path)], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "['tinypart 1.0: MIT']"


def test_a_list_of_parts_is_made_of_the_pins(tmp_path: Path) -> None:
    file = tmp_path / "sbom.json"
    command = [sys.executable, "-m", "cyclonedx_py", "requirements", "--output-file", str(file), "requirements-database.txt"]
    subprocess.run(command, cwd=PROJECT, capture_output=True, check=True)
    found = json.loads(file.read_text("utf-8"))
    assert found["bomFormat"] == "CycloneDX"
    assert {"streamlit", "sqlalchemy"} <= {part["name"] for part in found["components"]}
    assert all(part["version"] for part in found["components"])


@pytest.mark.parametrize(
    ("answer", "code", "text"),
    [
        ({"dependencies": [{"name": "a", "version": "1", "vulns": []}]}, 0, "1 parts looked up, 0 known"),
        (
            {"dependencies": [{"name": "a", "version": "1", "vulns": [{"id": "X-1", "fix_versions": ["2"]}]}]},
            1,
            "a 1: X-1 (mended in 2)",
        ),
        ({"dependencies": [{"name": "a", "skip_reason": "unknown"}]}, 0, "could not be looked up"),
        (None, 0, "could not be looked up"),
    ],
)
def test_vulnerabilities_are_named_or_it_is_said_that_nobody_could_look(
    answer: object, code: int, text: str, tmp_path: Path
) -> None:
    """With a pip-audit that answers this, or is not reached."""
    (tmp_path / "pip_audit.py").write_text(f"print({json.dumps(answer)!r})" if answer else "raise SystemExit('no route')")
    command = [sys.executable, str(PROJECT / "deploy" / "audit.py")]
    done = subprocess.run(command, capture_output=True, text=True, env=os.environ | {"PYTHONPATH": str(tmp_path)})
    assert (done.returncode, text in done.stdout) == (code, True), done.stdout + done.stderr
