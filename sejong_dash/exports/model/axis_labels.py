"""Choose the steps of an axis of values and the format of its labels."""

import math


def nice(step: float) -> float:
    """Return the next round number that is not smaller: 1, 2, 2.5 or 5 of a power of ten; never a part of a visitor."""
    power = 10.0 ** math.floor(math.log10(max(step, 1.0)))
    return next(power * factor for factor in (1, 2, 2.5, 5, 10) if power * factor >= step * 0.999)


def number_format(unit: str, high: float, step: float) -> str:
    """Return the format of labels up to `high`, as sheets and slides write it; the last label carries the unit."""
    last = step * math.floor(high / step + 1e-9) - step / 2
    return f'[>={last:g}]#,##0"{unit}";#,##0' if unit else "#,##0"
