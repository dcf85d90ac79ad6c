"""Streamlit's own scripts, compressed once, and which of them a page will surely need.

An empty page loads 2.7 MB of scripts and styles, pydeck 3 MB more, all sent uncompressed. Here each
file is compressed once, for all viewers and for the next start.

No library does that: brotli-asgi, starlette-compress and Starlette's GZipMiddleware compress again on every request;
ServeStatic and blacknoise want the compressed files beside the originals, but site-packages is not ours to write in,
and their compressors know brotli's slowest quality only (a minute for this folder instead of three seconds).

Relies on: the installed package's `static/` being what the server sends under `/static/`, with a hash of the content in each
name. Tried with: Streamlit 1.67.0. Without it: nothing breaks; scripts are sent uncompressed.
Off: `front_end` in SEJONG_BORDER_OFF.
"""

import contextlib
import gzip
import hashlib
import logging
import os
import re
import threading
import uuid
from collections.abc import Callable, Iterable
from functools import cache, cached_property
from pathlib import Path
from typing import NamedTuple

import brotli
import streamlit

from sejong_dash import border
from sejong_dash.paths import FONTS, PROJECT

from .chunk_names import needed_on
from .cut_fonts import cut_fonts
from .index_page import read_index

log = logging.getLogger(__name__)

# The 99 scripts of a first page, in both codings: brotli's quality 5 1.87 MB, 7 1.82 MB, each under a second of CPU;
# 9 1.80 MB in two seconds; 11 twelve seconds for Plotly alone. gzip 2.10 MB.
# Browsers offer brotli over https and to this machine only: gzip is what plain http in an office gets.
ENCODERS: dict[str, Callable[[bytes], bytes]] = {
    "br": lambda body: brotli.compress(body, quality=7),
    "gzip": lambda body: gzip.compress(body, 6, mtime=0),
}
KINDS = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}  # the rest is compressed already


class Kept(NamedTuple):
    """An answer's body, and the mark (ETag) by which a browser can tell that it has it already."""

    body: bytes
    mark: str

    @classmethod
    def of(cls, body: bytes) -> "Kept":
        return cls(body, f'"{hashlib.blake2b(body, digest_size=12).hexdigest()}"')


class FrontEnd:
    """Streamlit's static folder, where its compressed files are kept, and a folder of fonts that are cut to what is shown."""

    def __init__(self, folder: Path, kept: Path, fonts: Path = FONTS) -> None:
        self.folder, self.kept = folder, kept
        files = () if border.is_off("front_end") else folder.glob("static/**/*")
        self.names = {file.relative_to(folder).as_posix() for file in files if file.suffix in KINDS}
        self.index = read_index(folder)
        self.cut = {name: Kept.of(font) for name, font in cut_fonts(folder, fonts).items()}
        self._compressed: dict[tuple[str, str], Kept] = {}
        self._writable = True
        self._refused = threading.Lock()

    @cached_property
    def first(self) -> list[str]:
        """The scripts and styles of the first page."""
        named = [name for name in re.findall(r"\./(static/[^\"]+)", self.index) if name in self.names]
        return named + self.chunks(needed_on(""))

    def chunks(self, stems: Iterable[str]) -> list[str]:
        """The scripts of these parts of the front end and all that they import, but for what index.html names."""
        found = [f"static/js/{file.name}" for stem in stems for file in self.folder.glob(f"static/js/{stem}.*.js")]
        for name in found:  # grows while it is walked: chunks import chunks
            script = (self.folder / name).read_text("utf-8")
            for imported in re.findall(r"(?:from|import)\"\./([^\"]+\.js)\"", script):
                if imported not in self.index and f"static/js/{imported}" not in found:
                    found.append(f"static/js/{imported}")
        return found

    def compressed(self, name: str, coding: str) -> Kept:
        """The file in that coding. Two threads may do the same work at once; they come to the same bytes."""
        if (name, coding) not in self._compressed:
            file = self.kept / f"{Path(name).name}.{coding}"
            try:
                body = file.read_bytes()
            except OSError:
                body = ENCODERS[coding]((self.folder / name).read_bytes())
                self._write(file, body)
            self._compressed[name, coding] = Kept.of(body)
        return self._compressed[name, coding]

    def _write(self, file: Path, body: bytes) -> None:
        """Written aside and moved: neither another process nor a power cut leaves half a script under the name."""
        if not self._writable:
            return
        aside = file.with_name(uuid.uuid4().hex)
        try:
            self.kept.mkdir(parents=True, exist_ok=True)
            with aside.open("wb") as out:
                out.write(body)
                out.flush()
                os.fsync(out.fileno())
            aside.replace(file)
        except OSError as problem:
            with self._refused:  # many threads may meet the same closed disk at once
                is_first, self._writable = self._writable, False
            if is_first:
                log.warning("Compressed scripts stay in memory and are made again at the next start: %s", problem)
            with contextlib.suppress(OSError):
                aside.unlink()


@cache
def streamlit_front_end() -> FrontEnd:
    folder = Path(streamlit.__file__).parent / "static"
    return FrontEnd(folder, PROJECT / ".cache" / f"streamlit-{streamlit.__version__}")
