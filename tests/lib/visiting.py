"""Looks at the dashboard as its viewers do: open, wait until it stands still, choose, read."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import parse_qsl, urlencode, urlsplit

from discovery import FRAMED
from launching import TEST_FLAGS, chrome
from playwright.sync_api import Browser, ConsoleMessage, Page, Playwright, Route, expect

from sejong_dash import words
from sejong_dash.paths import PAGES

FILES = words.in_order(PAGES.glob("*.py"))
MENU = [file.stem for file in FILES]
NAMES = [name for name in MENU if PAGES / f"{name}.py" in FRAMED]  # a page that fills the screen has tests of its own
HOME = NAMES[0]  # answers at "/"
DESKTOP, TABLET, PHONE, SMALL_PHONE = (1440, 900), (1024, 768), (390, 844), (360, 780)

MENU_LINK = ":is([data-testid=stTopNavLink], [data-testid=stSidebarNavLink])"
WAIT_MS = 60_000  # only a failing test waits that long; machines that run tests are busy

# Asked once and answered by the page itself: its security policy forbids the evaluation that polling from outside needs.
_STILL = """limit => new Promise((resolve, reject) => {
  const all = selector => [...document.querySelectorAll(selector)];
  const near = box => { const { top, bottom } = box.getBoundingClientRect(); return bottom > 0 && top < innerHeight; };
  let last = '', quiet = 0;
  const timer = setInterval(() => {
    const app = document.querySelector('[data-testid="stApp"]');
    const ready = app && app.dataset.testScriptState === 'notRunning' && app.dataset.testConnectionState === 'CONNECTED'
      && document.querySelector('h1') && !document.querySelector('[data-testid="stSkeleton"], [data-testid="stSpinner"]')
      && all('.sj-drawing').every(box => box.dataset.drawn === box.dataset.source || !near(box))
      && all('[data-testid="stDeckGlJsonChart"]').every(box => box.querySelector('canvas'));
    const now = document.getElementsByTagName('*').length + ':' + document.body.innerText.length;
    quiet = ready && now === last ? quiet + 1 : 0;
    last = now;
    limit -= 60;
    if (quiet >= 4) { clearInterval(timer); resolve(); }
    if (limit < 0) { clearInterval(timer); reject(new Error(`not still: ${app?.dataset.testScriptState}, ${now}`)); }
  }, 60);
})"""

FIRST = """() => {  // how far down the first thing stands that a page itself says or asks
  const bar = document.querySelector('.sj-frame');
  const texts = document.createTreeWalker(document.querySelector('[data-testid="stMain"]'), NodeFilter.SHOW_TEXT);
  const tops = [];
  while (texts.nextNode()) {
    const box = texts.currentNode.parentElement, { top, height } = box.getBoundingClientRect();
    const isSeen = texts.currentNode.data.trim() && height > 2 && box.checkVisibility() && !box.closest('style, .sj-quiet');
    if (isSeen && !bar.contains(box)) tops.push(top);
  }
  const asked = [...document.querySelectorAll('[data-testid="stMain"] input')]
    .filter(box => box.checkVisibility() && box.tabIndex >= 0 && !bar.contains(box));
  return Math.min(...tops, ...asked.map(box => box.getBoundingClientRect().top));
}"""

CONTRAST = """() => {
  const parse = colour => (colour.match(/[\\d.]+/g) || []).map(Number);
  const light = ([r, g, b]) => [r, g, b].map(v => v / 255).map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const behind = box => { for (; box; box = box.parentElement) {
    const colour = parse(getComputedStyle(box).backgroundColor);
    if (colour.length === 3 || colour[3] > 0.99) return colour; } return [255, 255, 255]; };
  return [...document.querySelectorAll('.sj *, h1, .sj-frame :is(select, summary)')]
    .filter(box => box.checkVisibility() && !box.closest('svg')
      && [...box.childNodes].some(node => node.nodeType === 3 && node.textContent.trim()))
    .map(box => { const [a, b] = [light(parse(getComputedStyle(box).color)), light(behind(box))];
      return [(Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05), box.innerText.slice(0, 40)]; })
    .filter(([ratio]) => ratio < 4.5).map(([ratio, text]) => `${ratio.toFixed(1)}: ${text}`);
}"""

# Without a graphics card, one drawing of the map takes two and a half seconds of a processor, most of it before its first pixel.
NOT_PAINTED = """['drawElements', 'drawElementsInstanced', 'drawArrays', 'drawArraysInstanced'].forEach(
  name => WebGL2RenderingContext.prototype[name] = () => undefined)"""


@contextmanager
def launched(play: Playwright) -> Iterator[Browser]:
    browser = play.chromium.launch(executable_path=chrome(), args=TEST_FLAGS)
    yield browser
    browser.close()


def _query(url: str) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(url).query, keep_blank_values=True))


def title(name: str, lang: str) -> str:
    return words.of(PAGES / f"{name}.py", lang)("title")


class Visit:
    """One viewer with a browser of their own; what goes wrong around the page is kept in `troubles`."""

    def __init__(
        self,
        browser: Browser,
        root: str,
        size: tuple[int, int] = DESKTOP,
        theme: str = "light",
        paints_map: bool = False,
    ) -> None:
        """`paints_map`: for a test that looks at the map or presses what is drawn on it; elsewhere its frame is enough."""
        self.root = root
        self.troubles: list[str] = []
        self.context = browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            color_scheme="dark" if theme == "dark" else "light",
            locale="ko-KR",
            accept_downloads=True,
        )
        self.context.set_default_timeout(WAIT_MS)
        self.context.route(re.compile(rf"^(?!{re.escape(root)}|data:|blob:)"), self._refuse)
        if not paints_map:
            self.context.add_init_script(NOT_PAINTED)
        self.page: Page = self.context.new_page()
        self.page.on("pageerror", lambda error: self.troubles.append(f"page error: {error}"))
        self.page.on("console", self._listen)
        self.page.on(
            "websocket",
            lambda line: None if urlsplit(line.url).netloc == urlsplit(root).netloc else self.troubles.append(f"asks {line.url}"),
        )

    def _refuse(self, route: Route) -> None:
        self.troubles.append(f"asks {route.request.url}")
        route.abort()

    def _listen(self, message: ConsoleMessage) -> None:
        # Below a deep link Streamlit first looks for its server at that path, gets two 404s and goes on with "/".
        if message.type == "error" and not ("404" in message.text and "/_stcore/" in message.location["url"]):
            self.troubles.append(f"console: {message.text}")

    def open(self, name: str = HOME, **query: str) -> "Visit":
        """A cold link to a page, as from a mail."""
        path = "" if name == HOME else name
        self.page.goto(f"{self.root}/{path}" + (f"?{urlencode(query)}" if query else ""), wait_until="commit")
        self.page.wait_for_selector("h1", timeout=WAIT_MS)
        return self.still()

    def still(self) -> "Visit":
        self.page.evaluate(_STILL, WAIT_MS)
        return self

    def draw_all(self) -> "Visit":
        """Draw the charts that are further down too, as a browser does that prints."""
        self.still().page.evaluate("globalThis.sejongDrawings.drawAll()")
        return self.still()

    def go(self, name: str, lang: str = "ko") -> "Visit":
        """To a page through the menu."""
        self.open_menu()
        named = re.compile(rf"{re.escape(title(name, lang))}$")
        link = self.page.locator(MENU_LINK).filter(has_text=named)
        more = self.page.get_by_test_id("stTopNavSection")
        if more.count():  # the bar has no room for all
            more.click()
            self.page.get_by_test_id("stTopNavPopoverBody").wait_for()
            hidden = self.page.get_by_test_id("stTopNavDropdownLink").filter(has_text=named)
            if hidden.count():
                link = hidden
            else:
                self.page.keyboard.press("Escape")
        link.click()
        self.is_on(name, lang)
        return self.still()

    def show_part(self, name: str, part: str, lang: str = "ko") -> "Visit":
        """A part of the page `name`, which is open, by a press on its title."""
        label = words.of(PAGES / f"{name}.py", lang)(f"part.{part}")
        pills = self.page.locator(".st-key-part-menu").get_by_role("radio", name=re.compile(rf"^{re.escape(label)}($|[:：])"))
        pills.locator("xpath=ancestor-or-self::*[1]").click()
        expect(pills).to_be_checked()
        return self.still()

    def open_menu(self) -> None:
        """Show the menu of pages, where a narrow screen hides it."""
        button = self.page.get_by_test_id("stExpandSidebarButton")
        if button.count():
            button.click()

    def is_on(self, name: str, lang: str = "ko") -> None:
        """Wait until the page is shown alone: for a moment, what is left of the last page stands below the new one."""
        expect(self.page.locator("h1")).to_have_text([title(name, lang)], timeout=WAIT_MS)

    def choose(self, menu: str, label: str) -> None:
        """An entry of a menu of the frame or of the page, by what it is called there; long ones show it once it is typed."""
        self.still()
        chip = self.page.locator(f"select[data-choice={menu}]")
        if chip.count():
            chip.select_option(label=label)
            return
        self.page.locator(f".st-key-{menu}-menu input").fill(label)
        self.page.get_by_role("option", name=label, exact=True).click()

    def pick_day(self, iso: str) -> None:
        """Choose the as-of day."""
        self.page.locator("[data-choice=asof]").fill(iso)

    def toggle_sample(self) -> None:
        panel = self.page.locator("details.sj-status")
        if panel.get_attribute("open") is None:
            panel.locator("summary").click()
        panel.locator("[data-choice=sample]").click()

    @property
    def query(self) -> dict[str, str]:
        """What the address says that was chosen."""
        return _query(self.page.url)

    def has_query(self, **said: str) -> None:
        """Wait until the address says exactly this."""
        self.page.wait_for_url(lambda url: _query(url) == said, timeout=WAIT_MS)

    @property
    def day(self) -> str:
        """The as-of day that the calendar shows."""
        return self.page.locator("[data-choice=asof]").input_value()

    def texts(self, selector: str) -> list[str]:
        return [" ".join(text.split()) for text in self.page.locator(selector).all_inner_texts()]

    @property
    def menu(self) -> list[str]:
        """What the pages are called in the bar, without the names of their icons."""
        return [text.partition(" ")[2] for text in self.texts("[data-testid=stTopNavLink]")]

    @property
    def figures(self) -> list[str]:
        """What the page says: the message of every chart, and the cards."""
        return self.texts(".sj-message, .sj-card, .sj-empty, .sj-caption")

    @property
    def sideways(self) -> list[str]:
        """What is wider than the screen, but for the row of chips, which a small screen moves sideways."""
        return self.page.evaluate("""() => [document.scrollingElement, ...document.querySelectorAll(
            '[data-testid="stMain"], [data-testid="stMain"] :is(.sj, .sj *, .sj-drawing)')]
            .filter(box => box.checkVisibility() && !box.closest('.sj-quiet, .sj-chips, svg *'))
            .filter(box => !(box.title && getComputedStyle(box).textOverflow === 'ellipsis'))
            .filter(box => box.scrollWidth > box.clientWidth + 1 && !['inline', 'none'].includes(getComputedStyle(box).display)
              || box.getBoundingClientRect().right > innerWidth + 1)
            .map(box => `${box.tagName}.${box.className}: ${box.innerText?.slice(0, 40)}`)""")

    def close(self) -> None:
        self.context.close()
