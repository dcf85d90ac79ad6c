"""Changes Streamlit's one HTML page before a viewer gets it: what stands in its head, and what is fetched ahead.

Relies on: `index.html` with one `</head>`; it being sent for any path, with Starlette's mark (ETag) of that file, by which its
answers are recognised; a `<link … as="font">` in it; the link that skips to the content being an
`a[data-testid="stSkipToContent"]`.
Why: the scripts that a page needs are named before it asks for them (chunk_names.py), and it is told where its server is
(host_config.py). A text face of 170 KB would be fetched ahead that our pages, in the reader's own faces, never show.
Tried with: Streamlit 1.67.0.
Without it: nothing breaks; the first page takes longer.
Off: `index_page` in SEJONG_BORDER_OFF.
"""

import re
from collections.abc import Iterable
from pathlib import Path

from starlette.responses import FileResponse

from sejong_dash import border

from .host_config import host_script

_FACE_AHEAD = re.compile(r"<link\s[^>]*as=\"font\"[^>]*>\s*")
# The one text that stands before the page knows its faces; for its sake a browser would fetch Streamlit's own.
_PLAIN = '<style>a[data-testid="stSkipToContent"]{font-family:sans-serif}</style>'


def read_index(folder: Path) -> str:
    """Return Streamlit's page without what it fetches ahead in vain."""
    return _FACE_AHEAD.sub("", (folder / "index.html").read_text("utf-8"))


def index_mark(folder: Path) -> str:
    """Return the ETag of answers that are Streamlit's page; blank, as no answer's is, where this is switched off."""
    index = folder / "index.html"
    return "" if border.is_off("index_page") else FileResponse(index, stat_result=index.stat()).headers["etag"]


def with_head(index: str, chunks: Iterable[str], scripts: Iterable[str] = ()) -> str:
    """Return the page with these parts of the front end, and these scripts of ours, named in its head to be fetched."""
    links = "".join(f'<link rel="modulepreload" crossorigin href="./{name}">\n' for name in chunks)
    links += "".join(f'<link rel="preload" as="script" href="./{name}">\n' for name in scripts)
    script = host_script()
    return index.replace("</head>", f"{links}{_PLAIN}{f'<script>{script}</script>' if script else ''}\n</head>", 1)


def inline_scripts(index: str) -> list[str]:
    """Return the scripts that are written into the page, and the one that is added to it."""
    return [*re.findall(r"<script>(.*?)</script>", index, re.DOTALL), *filter(None, [host_script()])]
