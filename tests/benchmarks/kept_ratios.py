"""The figures of benchmarks that are kept in the repository, and today's beside them.

Kept is, for each benchmark, on what kind of machine and for which commit it was run, and its
figures, apart by whether more or less is better.
"""

import json
import os
import platform
import subprocess
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import numpy as np

WORSE = 5.0
"""Per cent by which a figure may be worse than the one kept before it is marked."""
HEADER = """\
# What the benchmarks came to when they were last kept. Written by
#     python tests/benchmarks/all.py --keep
# which compares with it. Under "higher" more is better, under "lower" less.
"""


@dataclass(frozen=True)
class Figure:
    """A figure that a benchmark noted; `lower` says that less is better."""

    value: float
    lower: bool = False


@dataclass(frozen=True)
class Result:
    """What one run of a benchmark came to: on what it ran, and its figures by name."""

    circumstances: Mapping[str, str] = field(default_factory=dict)
    figures: Mapping[str, Figure] = field(default_factory=dict)


@dataclass(frozen=True)
class Row:
    """A figure as it was kept and as it is now; None where it is missing."""

    name: str
    kept: Figure | None
    now: Figure | None

    @property
    def change(self) -> float:
        """By how many per cent the figure grew; nan where there are not two to compare."""
        if self.kept is None or self.now is None or not self.kept.value:
            return float("nan")
        return 100 * (self.now.value / self.kept.value - 1)

    @property
    def worse(self) -> bool:
        """Whether the figure is worse than the one kept by more than it may be."""
        if self.now is None:
            return False
        return (self.change if self.now.lower else -self.change) > WORSE

    @property
    def mark(self) -> str:
        """What to say of it: worse, new, or no longer noted; else nothing."""
        if self.kept is None or self.now is None:
            return "new" if self.kept is None else "GONE"
        return "WORSE" if self.worse else ""


def noted(path: Path) -> dict[str, Figure]:
    """Return the figures that a script has noted in a file; the last of a name counts."""
    if not path.exists():
        return {}
    lines = map(json.loads, path.read_text("utf-8").splitlines())
    return {line["name"]: Figure(line["value"], line["lower"]) for line in lines}


def circumstances() -> dict[str, str]:
    """Return on what benchmarks run here and now, and for which commit."""
    return {
        "machine": f"{platform.system()} {platform.machine()}, {os.cpu_count()} processors",
        "python": platform.python_version(),
        "numpy": np.__version__,
        "date": date.today().isoformat(),
        "commit": commit(),
    }


def commit() -> str:
    """Return the commit that is measured, with + where the program was changed since."""

    def git(*order: str) -> str:
        whole = ["git", "-C", str(Path(__file__).parents[2]), *order]
        return subprocess.run(whole, capture_output=True, text=True, check=True).stdout.strip()

    try:
        changed = git("status", "--porcelain", "--", "nnviz", "resources")
        return git("rev-parse", "--short", "HEAD") + ("+" if changed else "")
    except (OSError, subprocess.CalledProcessError):
        return "unknown"


def compared(kept: Mapping[str, Result], now: Mapping[str, Result]) -> Iterator[tuple[str, Row]]:
    """Yield a row for each figure of the benchmarks that were run now, with the benchmark."""
    for script, result in now.items():
        before = kept[script].figures if script in kept else {}
        for name in {**result.figures, **before}:
            yield script, Row(name, before.get(name), result.figures.get(name))


def better(one: Result, other: Result) -> Result:
    """Return the better of each figure in two runs of one benchmark."""
    figures = {**one.figures, **other.figures}
    for name in one.figures.keys() & other.figures.keys():
        choose = min if figures[name].lower else max
        figures[name] = choose(one.figures[name], other.figures[name], key=lambda f: f.value)
    return Result(other.circumstances, figures)


def table(rows: list[tuple[str, Row]]) -> Iterator[str]:
    """Yield the lines of the table."""

    def cell(figure: Figure | None) -> str:
        return "–" if figure is None else f"{figure.value:.4g}"

    width = max((len(f"{script}: {row.name}") for script, row in rows), default=0)
    yield f"{'':{width}}{'kept':>10}{'now':>10}{'change':>10}   better"
    for script, row in rows:
        known = row.kept is not None and row.now is not None
        change = f"{row.change:+.1f} %" if known else ""
        better = "lower" if (row.now or row.kept or Figure(0)).lower else "higher"
        line = f"{f'{script}: {row.name}':{width}}{cell(row.kept):>10}{cell(row.now):>10}"
        yield f"{line}{change:>10}   {better:<7} {row.mark}".rstrip()


def read(path: Path) -> dict[str, Result]:
    """Return what is kept, by benchmark; nothing where there is no such file."""
    if not path.exists():
        return {}
    found = {}
    for script, held in tomllib.loads(path.read_text("utf-8")).items():
        figures = {
            name: Figure(value, lower=side == "lower")
            for side in ("higher", "lower")
            for name, value in held.pop(side, {}).items()
        }
        found[script] = Result(held, figures)
    return found


def write(path: Path, results: Mapping[str, Result]) -> None:
    """Write what is to be kept, sorted by benchmark, four digits of each figure."""
    lines = [HEADER]
    for script, result in sorted(results.items()):
        lines.append(f"[{script}]")
        lines += [f"{key} = {json.dumps(text)}" for key, text in result.circumstances.items()]
        for side in ("higher", "lower"):
            figures = {n: f for n, f in result.figures.items() if f.lower == (side == "lower")}
            lines += [f"[{script}.{side}]"] if figures else []
            lines += [
                f"{json.dumps(name, ensure_ascii=False)} = {float(f'{figure.value:.4g}')!r}"
                for name, figure in figures.items()
            ]
        lines.append("")
    path.write_text("\n".join(lines), "utf-8")
