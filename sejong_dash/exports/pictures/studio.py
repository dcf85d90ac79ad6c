"""Draw figures and pages in a single Chrome, with the same fonts on every machine.

Plotly draws SVG in Kaleido's page. A picture is then taken of that drawing in a page of ours: where Plotly paints one
itself, Chrome lets it have no faces but the machine's.
"""

import asyncio
import base64
import json
from typing import Any

import kaleido
import plotly.graph_objects as go
from choreographer import Tab
from choreographer.utils import TmpDirectory

from sejong_dash.exports.model.safe_text import visible

from . import faces
from .browser_thread import BrowserThread

# Plotly measures its labels at once, and a face that is still on its way would be measured as another.
_MEASURED = """
const draw = kaleido_scopes.plotly;
kaleido_scopes.plotly = async (spec, ...rest) => {
  const text = JSON.stringify(spec.data), family = spec.data.layout?.font?.family;
  if (family) await Promise.all([400, 700].map(weight => document.fonts.load(`${weight} 16px ${family}`, text)));
  return draw(spec, ...rest);
};
"""
# Nothing in a page of ours runs or is fetched but the faces: what stands in a drawing came from tables.
_PAGE = """<!doctype html><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; font-src file:; img-src data:">
<style>body { margin: 0 }</style><style>%s</style><body></body>"""
_SHOW = """(async () => {
  const drawing = new DOMParser().parseFromString(%s, "image/svg+xml").documentElement;
  document.body.replaceChildren(drawing);
  drawing.getBoundingClientRect();  // now it is known which faces are wanted
  await document.fonts.ready;
})()"""


class _Page(kaleido.PageGenerator):
    """Kaleido's page with our faces, and without MathJax, which it would ask the network for."""

    def __init__(self) -> None:
        super().__init__(mathjax=False)

    def generate_index(self) -> str:
        ours = f"<style>{faces.css()}</style><script>{_MEASURED}</script></head>"
        return str(super().generate_index()).replace("</head>", ours, 1)


class Studio:
    """A Chrome and the thread that speaks with it, shared by all that need pictures; it runs until `close`."""

    def __init__(self) -> None:
        self._page_lock = asyncio.Lock()
        self._chrome = BrowserThread("chrome", lambda: kaleido.Kaleido(page_generator=_Page()))
        try:
            self._tab = self._chrome.wait(self._open_page())
        except BaseException:
            self._chrome.close()
            raise

    def svg(self, figure: go.Figure, width: int, height: int) -> bytes:
        """Return the figure as SVG; its text is drawn by the program that shows it."""
        return self._chrome.wait(self._drawn(figure, width, height))

    def png(self, figure: go.Figure, width: int, height: int, scale: float) -> bytes:
        """Return the figure as PNG of width × scale pixels."""
        return self._chrome.wait(self._taken(figure, width, height, scale))

    def close(self) -> None:
        """Close the Chrome and end its thread."""
        self._chrome.close()

    def kill(self) -> None:
        """End the Chrome at once, so that whoever waits for it waits no longer."""
        self._chrome.kill()

    async def _open_page(self) -> Tab:
        folder = TmpDirectory(sneak=self._chrome.browser.is_isolated())
        page = folder.path / "page.html"
        page.write_text(_PAGE % faces.css(), encoding="utf-8")
        tab = await self._chrome.browser.create_tab(window=True)
        loaded = tab.subscribe_once("Page.loadEventFired")
        await _ask(tab, "Page.enable")
        await _ask(tab, "Page.navigate", url=page.as_uri())
        await loaded
        folder.clean()
        return tab

    async def _drawn(self, figure: go.Figure, width: int, height: int) -> bytes:
        drawing = await self._chrome.browser.calc_fig(
            figure, opts={"format": "svg", "width": width, "height": height, "scale": 1}
        )
        return visible(drawing.decode()).encode()

    async def _taken(self, figure: go.Figure, width: int, height: int, scale: float) -> bytes:
        drawing = await self._drawn(figure, width, height)
        whole = {"x": 0, "y": 0, "width": width, "height": height, "scale": scale}
        async with self._page_lock:
            await _ask(self._tab, "Runtime.evaluate", expression=_SHOW % json.dumps(drawing.decode()), awaitPromise=True)
            taken = await _ask(self._tab, "Page.captureScreenshot", clip=whole, captureBeyondViewport=True)
        return base64.b64decode(taken["data"])


async def _ask(tab: Tab, command: str, **given: Any) -> Any:
    """Return Chrome's answer to a command. Raises RuntimeError where that is an error."""
    answer = await tab.send_command(command, params=given)
    if "error" in answer or "exceptionDetails" in answer["result"]:
        raise RuntimeError(f"{command}: {answer}")
    return answer["result"]
