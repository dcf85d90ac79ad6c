"""Read a large file in a process of its own, and end it when nobody wants it any more."""

import json
import os
import pickle
import subprocess
import sys
from collections.abc import Callable
from typing import Any

from sejong_dash import ending, paths
from sejong_dash.errors import DashError
from sejong_dash.intake import Intake
from sejong_dash.store.counts import ChangeSet

_UNNAMED = "-"


def read(
    content: bytes, name: str, choices: dict[str, Any], most: int, on_progress: Callable[[str, int, int], None]
) -> tuple[Intake, ChangeSet | None]:
    """Return what a file holds and, up to `most` rows, what it would change.

    `choices` are the options of `intake.read`. `on_progress` is called with a step, how much of it is done and of how much,
    several times a second; what it raises ends the reading at once. Raises DashError where the process ended by itself.
    """
    shown = name.encode("utf-8", "replace").decode().replace("\0", "") or _UNNAMED
    command = [sys.executable, "-m", "sejong_dash.intake", "--", shown, str(most), json.dumps(choices)]
    environment = os.environ | {"SEJONG_DATA": str(paths.live_dir())}  # a relative folder would be another one from there
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=paths.PROJECT, env=environment) as child:
        assert child.stdin is not None
        assert child.stdout is not None
        try:
            with ending.ended_by(child.kill):
                child.stdin.write(content)
                child.stdin.close()
                while len(message := pickle.load(child.stdout)) == 3:
                    on_progress(*message)
            return message
        except (EOFError, BrokenPipeError, pickle.UnpicklingError) as error:
            raise DashError("unexpected", what=f"exit {child.wait()}") from error
        finally:
            child.kill()
