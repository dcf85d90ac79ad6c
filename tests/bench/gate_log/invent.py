"""Invents a gate log of ten million entries."""

import hashlib
import json
import sys
from pathlib import Path

import numpy as np
import polars as pl

PLACES = (*(f"{code:02}" for code in range(1, 48)), "KR", "TW", "CN", "US")
GATES = ("정문", "동문", "서문", "남문", "북문")
_PART = 500_000
_FIRST = np.datetime64("2026-04-10T00:00:00")
_DAYS = 45
_ONE_IN = 10_000
WRONG = (
    "2026-04-31 09:31:05,13,정문",
    "2026-4-12 09:31,13,정문",
    ",27,동문",
    "2026-04-12 09:31:05,아틀란티스,정문",
    "2026-04-12 09:31:05,2",
    "2026-04-12 09:31:05,13,정문2026-04-12 09:31:06,14,남문",
)


def digest(by_place: dict[str, int], by_gate: dict[str, int]) -> str:
    """The same for the same visitors by day and place and by day and gate."""
    text = json.dumps([sorted(by_place.items()), sorted(by_gate.items())], default=int)
    return hashlib.blake2b(text.encode(), digest_size=12).hexdigest()


def main(path: Path, rows: int) -> None:
    chance = np.random.default_rng(20260410)
    wrong: list[int] = []
    by_place = np.zeros((_DAYS, len(PLACES)), "i8")
    by_gate = np.zeros((_DAYS, len(GATES)), "i8")
    with path.open("wb") as file:
        file.write(b"time,prefecture,gate\n")
        for start in range(0, rows, _PART):
            size = min(_PART, rows - start)
            # the log goes on in time; within a part the gates are not in order
            second = chance.integers(start * _DAYS * 86400 // rows, (start + size) * _DAYS * 86400 // rows, size)
            place, gate = chance.integers(0, len(PLACES), size), chance.integers(0, len(GATES), size)
            bad = np.unique(chance.integers(0, size, size // _ONE_IN))
            good = np.ones(size, bool)
            good[bad] = False
            np.add.at(by_place, (second[good] // 86400, place[good]), 1)
            np.add.at(by_gate, (second[good] // 86400, gate[good]), 1)
            wrong += (start + bad + 2).tolist()  # the header is line 1
            cells = pl.DataFrame(
                {
                    "time": pl.Series((_FIRST + second.astype("m8[s]")).astype("M8[ms]")).dt.strftime("%Y-%m-%d %H:%M:%S"),
                    "prefecture": pl.Series(PLACES).gather(place),
                    "gate": pl.Series(GATES).gather(gate),
                }
            )
            lines = cells.select(line=pl.concat_str("time", "prefecture", "gate", separator=","))["line"]
            lines = lines.scatter(bad, [WRONG[one % len(WRONG)] for one in range(len(bad))])
            lines.to_frame().write_csv(file, include_header=False, quote_style="never")
    days = [str(_FIRST.astype("M8[D]") + day) for day in range(_DAYS)]
    places = {f"{days[day]} {PLACES[at]}": int(by_place[day, at]) for day, at in np.argwhere(by_place)}
    gates = {f"{days[day]} {GATES[at]}": int(by_gate[day, at]) for day, at in np.argwhere(by_gate)}
    print(json.dumps({"wrong": wrong, "digest": digest(places, gates)}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
