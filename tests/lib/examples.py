"""Says how many examples Hypothesis tries of a property, in `make fast` and otherwise."""

from hypothesis import settings

_FEW, _MANY = 12, 60


def load_profile(is_fast: bool) -> None:
    """Choose the examples: the same ones on every run and machine, in `make fast` a fifth of them."""
    settings.register_profile("house", derandomize=True, deadline=None, database=None, max_examples=_FEW if is_fast else _MANY)
    settings.load_profile("house")


def examples(number: int) -> int:
    """Return how many examples to try of a property of which `number` are tried otherwise."""
    return number * settings.default.max_examples // _MANY
