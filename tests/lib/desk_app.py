"""Drive the data page in an AppTest: drop files, edit rows, press buttons, read what is stored."""

import discovery
import page_html
from streamlit.testing.v1 import AppTest

from sejong_dash import words
from sejong_dash.paths import PROJECT
from sejong_dash.store import counts

_AT_ONCE = 1_000_000  # bytes: for what is smaller the page waits
PAGE = PROJECT / "pages" / "data.py"


GOOD = '날짜,도도부현,경로,방문객 수\n2026-05-06,오사카부,단체,"1,200명"\n2026-05-06,도쿄도,개별,30\n'


BAD = "날짜,도도부현,경로,방문객 수\n2026-05-06,오사카부,단체,1200\n2026-05-06,없는현,단체,12\n2026-05-07,도쿄도,개별,많음\n"


def own(name: str, lang: str) -> words.Words:
    return words.of(next((PROJECT / "sejong_dash" / "ui").rglob(f"{name}.toml")), lang)


def page(lang: str, **asked: str) -> AppTest:
    return discovery.opened(PAGE, {"lang": lang, **asked})


def drop(app: AppTest, name: str, content: bytes) -> AppTest:
    app.get("file_uploader")[0].set_value((name, content, "text/csv")).run()
    if len(content) < _AT_ONCE and "_desk_job" in app.session_state and (job := app.session_state["_desk_job"][1]).running:
        job.wait(120)  # a machine that is slow to start a process
        app.run()
    assert len(app.exception) == 0
    return app


def shown(app: AppTest) -> str:
    return " ".join(page_html.without_line_ends(element.value) for element in app.main.get("html"))


def signed(app: AppTest, who: str = "김", why: str = "확정") -> AppTest:
    app.text_input(key="desk-who").set_value(who)
    app.text_input(key="desk-why").set_value(why)
    return app


def edit(app: AppTest, rows: dict[int, dict[str, object]]) -> AppTest:
    """Write into the grid, as the browser reports it."""
    grid = app.data_editor[0]
    assert not set().union(*rows.values()) - set(grid.value.columns)
    app.session_state[str(grid.key)] = {"edited_rows": rows, "added_rows": [], "deleted_rows": []}
    return app.run()


def press(app: AppTest, key: str) -> AppTest:
    app.button(key=key).click().run()
    assert len(app.exception) == 0
    return app


def stored() -> dict[tuple[str, str, str], int]:
    table = counts.figures().fillna({"jis_code": "", "channel": ""})
    return {(f"{row.date:%Y-%m-%d}", row.jis_code, row.channel): int(row.visitors) for row in table.itertuples()}


TWO = {("2026-05-06", "27", "group"): 1200, ("2026-05-06", "13", "individual"): 30}
