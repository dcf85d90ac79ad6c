"""Look up known vulnerabilities of what is pinned, or say that they could not be looked up.

Exit code 0: none is known, or the service could not be reached, which stdout then says. 1: some are known; stdout lists them.
"""

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
_SECONDS = 300
_COMMAND = ["-m", "pip_audit", "--progress-spinner=off", "--disable-pip", "--require-hashes", "--format=json", "-r"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Look up the vulnerabilities of a file of pins and return the exit code."""
    pins = (arguments if arguments is not None else sys.argv[1:]) or [str(PROJECT / "requirements-database.txt")]
    try:
        done = subprocess.run([sys.executable, *_COMMAND, pins[0]], capture_output=True, text=True, timeout=_SECONDS)
    except subprocess.TimeoutExpired:
        print(f"Known vulnerabilities could not be looked up: no answer within {_SECONDS} seconds")
        return 0
    try:
        found = json.loads(done.stdout)["dependencies"]
    except (ValueError, KeyError, TypeError):
        reason = (done.stderr.strip().splitlines() or ["no answer"])[-1]
        print(f"Known vulnerabilities could not be looked up: {reason[:300]}")
        return 0
    known = [(part, problem) for part in found for problem in part.get("vulns", [])]
    for part, problem in known:
        fixed = ", ".join(problem["fix_versions"]) or "no version"
        print(f"{part['name']} {part['version']}: {problem['id']} (mended in {fixed})")
    unlooked = [part["name"] for part in found if "skip_reason" in part]
    if unlooked:
        print(f"Not looked up: {', '.join(unlooked)}")
    if len(unlooked) == len(found):
        print("Known vulnerabilities could not be looked up: no part is known there.")
        return 0
    print(f"{len(found) - len(unlooked)} parts looked up, {len(known)} known vulnerabilities.")
    return 1 if known else 0


if __name__ == "__main__":
    sys.exit(main())
