"""Writes the server's figures in the OpenMetrics text format, for Prometheus and whatever reads it.

The figures are few, and nothing is counted per viewer: the format is written here, so that the server needs no library and
no port for it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

MIME = "application/openmetrics-text; version=1.0.0; charset=utf-8"


@dataclass(frozen=True)
class Metric:
    """A figure: its name without the suffix of a counter, its kind (gauge, counter), what it means, and its values by labels."""

    name: str
    kind: str
    meaning: str
    values: Mapping[tuple[tuple[str, str], ...], float] = field(default_factory=dict)


def single(name: str, kind: str, meaning: str, value: float | None) -> Metric:
    """Return a figure without labels; without a value where it is not known."""
    return Metric(name, kind, meaning, {} if value is None else {(): float(value)})


def by_label(name: str, kind: str, meaning: str, label: str, values: Mapping[str, float]) -> Metric:
    """Return a figure with a value for each of a label's."""
    return Metric(name, kind, meaning, {((label, key),): float(value) for key, value in values.items()})


def as_text(metrics: list[Metric]) -> str:
    """Return the figures as OpenMetrics text."""
    return "\n".join([line for metric in metrics for line in _lines(metric)]) + "\n# EOF\n"


def _lines(metric: Metric) -> Iterator[str]:
    yield f"# TYPE {metric.name} {metric.kind}"
    yield f"# HELP {metric.name} {_escaped(metric.meaning)}"
    suffix = "_total" if metric.kind == "counter" else ""
    for labels, value in metric.values.items():
        inside = ",".join(f'{name}="{_escaped(text)}"' for name, text in labels)
        yield f"{metric.name}{suffix}{'{' + inside + '}' if inside else ''} {value:.15g}"


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace("\n", r"\n").replace('"', r"\"")
