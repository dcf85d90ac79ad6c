"""The fields of the bar do without a browser what they do in one: the load uses them so (tests/bench/load)."""

import event_loops

from tests.lib.page_session import PageSession


async def use_bar(root: str) -> list[dict[str, list[str]]]:
    """Choose a prefecture, then a day, then the defaults; return the address after each."""
    found = []
    async with PageSession(root, "progress", query="sample=true") as session:
        await session.run()
        (identity, *_), before = next((each, session.states[each[0]]) for each in session.changes() if "top-bar" in each[0])
        prefecture, day = [state for each, state in session.changes() if each == identity][:2]
        for state in (prefecture, day, before):
            await session.change(identity, state)
            found.append(session.query)
    return found


def test_the_bar_is_used_as_in_a_browser(server: str) -> None:
    first, second, third = event_loops.run(use_bar(server))
    assert first["prefecture"] == ["01"]
    assert "asof" not in first
    assert (second["prefecture"], len(second["asof"])) == (["01"], 1)
    assert {"prefecture", "asof"}.isdisjoint(third)
