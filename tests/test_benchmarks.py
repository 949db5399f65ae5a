"""The benchmarks that are run together, and what their figures are compared with."""

import ast

import pytest

from tests.benchmarks import all as together
from tests.benchmarks import ratios
from tests.benchmarks.all import BENCHMARKS, FOLDER, Benchmark
from tests.benchmarks.kept_ratios import (
    Figure,
    Result,
    Row,
    better,
    compared,
    noted,
    read,
    table,
    write,
)

CIRCUMSTANCES = {"machine": "m", "python": "p", "numpy": "n"}


def is_script(path):
    return any(
        isinstance(node, ast.If) and "__main__" in ast.unparse(node.test)
        for node in ast.parse(path.read_text("utf-8")).body
    )


def test_every_script_of_the_folder_is_run():
    scripts = {path.stem for path in FOLDER.glob("*.py") if is_script(path)} - {"all"}
    assert "engine" in scripts
    assert set(BENCHMARKS) == scripts


def test_every_script_but_the_drawing_one_notes_figures():
    silent = {name for name in BENCHMARKS if "ratios." not in (FOLDER / f"{name}.py").read_text()}
    assert silent == {"digit_sheet"}


def test_what_is_kept_is_of_scripts_that_there_are():
    assert set(read(together.KEPT)) <= set(BENCHMARKS)


@pytest.mark.parametrize(
    ("kept", "now", "lower", "mark"),
    [
        (2.0, 2.0 * 1.049, True, ""),
        (2.0, 2.0 * 1.051, True, "WORSE"),
        (2.0, 2.0 * 0.5, True, ""),
        (2.0, 2.0 * 0.951, False, ""),
        (2.0, 2.0 * 0.949, False, "WORSE"),
        (2.0, 2.0 * 1.5, False, ""),
    ],
)
def test_what_is_worse_by_more_than_five_per_cent_is_marked(kept, now, lower, mark):
    row = Row("speed", Figure(kept, lower), Figure(now, lower))
    assert row.mark == mark
    assert row.change == pytest.approx(100 * (now / kept - 1))


def test_new_and_vanished_figures_are_told_and_scripts_not_run_are_left_alone():
    kept = {"a": Result({}, {"old": Figure(1), "both": Figure(2)}), "b": Result({}, {})}
    now = {"a": Result({}, {"both": Figure(1), "new": Figure(3, lower=True)})}
    rows = list(compared(kept, now))
    assert {(script, row.name, row.mark) for script, row in rows} == {
        ("a", "old", "GONE"), ("a", "both", "WORSE"), ("a", "new", "new"),
    }  # fmt: skip
    lines = list(table(rows))
    assert len(lines) == 4
    both = next(line for line in lines if "both" in line).split()
    assert both == ["a:", "both", "2", "1", "-50.0", "%", "higher", "WORSE"]


def test_the_better_of_two_runs_is_by_figure():
    one = Result({}, {"speed": Figure(2), "time": Figure(2, lower=True), "once": Figure(7)})
    other = Result({"date": "later"}, {"speed": Figure(3), "time": Figure(3, lower=True)})
    both = better(one, other)
    assert both.circumstances == {"date": "later"}
    assert both.figures == {"speed": Figure(3), "time": Figure(2, lower=True), "once": Figure(7)}


def test_what_is_written_is_read_again(tmp_path):
    results = {
        "ui": Result({"machine": 'a "kind"'}, {"share": Figure(0.85), "p99, ≤": Figure(2, True)}),
        "big": Result({"date": "2026-01-02"}, {"memory": Figure(1234567.0, True)}),
    }
    write(tmp_path / "kept.toml", results)
    again = read(tmp_path / "kept.toml")
    assert list(again) == ["big", "ui"]
    assert again["ui"] == results["ui"]
    assert again["big"].figures["memory"].value == 1235000.0


def test_figures_are_noted_only_where_somebody_asks(tmp_path, monkeypatch):
    monkeypatch.delenv(ratios.VARIABLE, raising=False)
    ratios.note("nothing", 1.0)
    path = tmp_path / "notes"
    assert noted(path) == {}
    monkeypatch.setenv(ratios.VARIABLE, str(path))
    ratios.note("faster", 2.0)
    ratios.note("unknown", float("nan"))
    ratios.note_share_right("digits", 0.9)
    ratios.note_share_right("all", 1.0)
    monkeypatch.setattr(ratios, "unit", lambda: 0.5)
    ratios.note_seconds("slow", 3.0)
    assert noted(path) == {
        "faster": Figure(2.0),
        "digits, share wrong": Figure(pytest.approx(0.1), lower=True),
        "all, share wrong": Figure(ratios.LEAST_ERROR, lower=True),
        "slow": Figure(6.0, lower=True),
    }


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder of two tiny benchmarks, of which one fails."""
    (tmp_path / "tiny.py").write_text(
        "import sys\n"
        "from tests.benchmarks import ratios\n"
        "ratios.note('speed', float(sys.argv[1]))\n"
    )
    (tmp_path / "broken.py").write_text("raise SystemExit('There is no spoon.')\n")
    monkeypatch.setattr(together, "FOLDER", tmp_path)
    monkeypatch.setattr(together, "KEPT", tmp_path / "ratios.toml")
    monkeypatch.setattr(
        together, "BENCHMARKS", {"tiny": Benchmark("4"), "broken": Benchmark(speed=False)}
    )
    return tmp_path


def test_benchmarks_run_are_compared_and_kept(folder, monkeypatch, capsys):
    assert together.main(["--speed", "--keep"]) == 0
    assert read(folder / "ratios.toml")["tiny"].figures == {"speed": Figure(4.0)}
    monkeypatch.setitem(together.BENCHMARKS, "tiny", Benchmark("3"))
    capsys.readouterr()
    assert together.main([]) == 1
    said = capsys.readouterr().out
    assert "FAILED: There is no spoon." in said
    assert "-25.0 %   higher  WORSE" in said
    assert read(folder / "ratios.toml")["tiny"].figures == {"speed": Figure(4.0)}


@pytest.mark.parametrize(("arguments", "speed"), [([], 4.0), (["--once"], 2.0)])
def test_what_is_worse_is_run_once_more(folder, capsys, arguments, speed):
    write(folder / "ratios.toml", {"tiny": Result(CIRCUMSTANCES, {"speed": Figure(4.0)})})
    (folder / "tiny.py").write_text(
        "import pathlib\n"
        "from tests.benchmarks import ratios\n"
        "before = pathlib.Path(__file__).with_name('before')\n"
        "ratios.note('speed', 4 if before.exists() else 2)\n"
        "before.touch()\n"
    )
    assert together.main(["tiny", "--keep", *arguments]) == 0
    assert read(folder / "ratios.toml")["tiny"].figures == {"speed": Figure(speed)}
    assert ("WORSE" in capsys.readouterr().out) == (speed < 4)


def test_a_script_that_fails_keeps_its_figures_of_before(folder):
    before = Result(CIRCUMSTANCES, {"x": Figure(1.0)})
    write(folder / "ratios.toml", {"broken": before})
    assert together.main(["--keep"]) == 1
    kept = read(folder / "ratios.toml")
    assert kept["broken"] == before
    assert kept["tiny"].figures == {"speed": Figure(4.0)}


def test_an_unknown_name_is_one_sentence(folder):
    with pytest.raises(SystemExit, match=r"^There is no nothing; there are tiny, broken\.$"):
        together.main(["nothing"])


def test_without_a_screen_one_sentence_says_so(folder, monkeypatch):
    monkeypatch.setitem(together.BENCHMARKS, "tiny", Benchmark("4", screen=True))
    monkeypatch.setattr(together, "screen_here", lambda: False)
    monkeypatch.setattr(together.shutil, "which", lambda _: None)
    with pytest.raises(SystemExit, match="There is no screen"):
        together.main(["tiny"])
