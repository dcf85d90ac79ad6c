"""How is a large file read in a process of its own, and ended when nobody wants it any more?"""

import json
import os
import pickle
import subprocess
import sys
from collections.abc import Callable
from typing import Any

from .. import paths
from ..errors import DashError
from ..intake import Intake
from ..store.counts import Plan

_UNNAMED = "-"


def read(
    content: bytes, name: str, asked: dict[str, Any], most: int, tell: Callable[[str, int, int], None]
) -> tuple[Intake, Plan | None]:
    """What a file says and, up to `most` rows, what it would change. `tell` is called several times a second; what it raises
    ends the reading at once. Raises DashError where the process came to an end by itself."""
    shown = name.encode("utf-8", "replace").decode().replace("\0", "") or _UNNAMED
    command = [sys.executable, "-m", "sejong_dash.intake", shown, str(most), json.dumps(asked)]
    where = os.environ | {"SEJONG_DATA": str(paths.live_dir())}  # a relative folder would be another one from there
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=paths.PROJECT, env=where) as child:
        assert child.stdin is not None
        assert child.stdout is not None
        try:
            try:
                child.stdin.write(content)
                child.stdin.close()
                while len(said := pickle.load(child.stdout)) == 3:
                    tell(*said)
            except (EOFError, BrokenPipeError, pickle.UnpicklingError) as error:
                raise DashError("unexpected", what=f"exit {child.wait()}") from error
            return said
        finally:
            child.kill()
