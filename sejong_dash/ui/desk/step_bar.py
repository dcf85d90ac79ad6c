"""Show the steps from a file to stored counts, with the state of each, which stay in view while the page is scrolled."""

from dataclasses import dataclass, field
from html import escape

import streamlit as st

from sejong_dash import words as wording
from sejong_dash.ui.blocks import markup
from sejong_dash.words import Words

STEPS = ("file", "read", "mend", "change", "apply")
DONE, WRONG, NOW, WAITING = "done", "wrong", "now", "waiting"
_SIGNS = {DONE: "✓", WRONG: "!"}  # the others show their number


@dataclass
class StepBar:
    """The steps and their states: filled in while a run draws what is below them, and shown at its end.

    `first` is the name of the first step: a file, or rows that are typed.
    """

    lang: str
    first: str = "file"
    states: dict[str, tuple[str, str]] = field(default_factory=dict)

    def set(self, step: str, state: str, key: str = "", **fields: object) -> None:
        """Set the state of a step, with a few words on it: the entry `key` of step_bar.toml."""
        words = wording.of(__file__, self.lang)
        numbers = {name: words.number(value) if isinstance(value, int) else value for name, value in fields.items()}
        self.states[step] = (state, words(f"state.{key}", **numbers) if key else "")

    def html(self) -> str:
        """Return the steps as a list; the first that is not done is the current one."""
        words = wording.of(__file__, self.lang)
        states = {step: self.states.get(step, (WAITING, "")) for step in STEPS}
        current = next((step for step in STEPS if states[step][0] != DONE), "")
        rows = [self._row(number, step, *states[step], step == current, words) for number, step in enumerate(STEPS, start=1)]
        return markup.wrap(f'<ol class="sj-steps" aria-label="{escape(words("label"))}">{"".join(rows)}</ol>', self.lang)

    def _row(self, number: int, step: str, state: str, text: str, is_current: bool, words: Words) -> str:
        name = words(f"step.{self.first if step == 'file' else step}")
        look = NOW if is_current and state == WAITING else state
        quiet = f'<span class="sj-quiet">{escape(words(f"look.{look}"))}</span>'
        more = f'<small title="{escape(text)}">{escape(text)}</small>' if text else ""
        current, sign = " aria-current=step" if is_current else "", _SIGNS.get(look, number)
        return f'<li class="{look}"{current}><i aria-hidden="true">{sign}</i><strong>{escape(name)}</strong>{quiet}{more}</li>'


def heading(step: str, lang: str, title: str, *below: str) -> str:
    """Return the heading of a step, with its number, and the HTML that stands below it."""
    number = f'<i aria-hidden="true">{STEPS.index(step) + 1}</i>'
    return markup.wrap(f'<h3 class="sj-group sj-step">{number}{escape(title)}</h3>{"".join(below)}', lang)


def show(place: st.delta_generator.DeltaGenerator, bar: StepBar) -> None:
    """Show the steps in the place that was kept for them above what they are about."""
    with place:
        st.html(bar.html())
