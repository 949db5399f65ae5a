"""What make is made of: which Python it takes, and that it says so where it cannot."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

HOUSE = Path(__file__).parents[1]


def run(script, *words, **environment):
    return subprocess.run(
        [HOUSE / ".ci" / script, *words],
        capture_output=True,
        text=True,
        timeout=600,
        env={**os.environ, **environment},
        check=False,
    )


@pytest.mark.skipif(sys.platform == "win32", reason="make is for Linux and macOS")
@pytest.mark.parametrize("name", ["no-such-python", "false", "/etc/passwd"])
def test_a_python_that_was_asked_for_and_cannot_be_had_is_said_so(tmp_path, name):
    done = run("make-venv", str(tmp_path / "venv"), PYTHON=name)
    assert done.returncode == 1
    assert f"PYTHON={name}" in done.stderr
    assert done.stderr.count("\n") == 1
    assert not (tmp_path / "venv").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="make is for Linux and macOS")
def test_further_pythons_are_named_once_each_and_are_new_enough():
    done = run("other-pythons")
    assert done.returncode == 0, done.stderr
    lines = [line.split(" ", 1) for line in done.stdout.splitlines()]
    versions = [tuple(map(int, version.split("."))) for version, _ in lines]
    assert len(set(versions)) == len(versions)
    assert all(version >= (3, 11) for version in versions)
    assert all(Path(python).exists() for _, python in lines)


def test_every_file_of_the_smoke_part_is_there():
    text = (HOUSE / "Makefile").read_text(encoding="utf-8").replace("\\\n", " ")
    files = re.search(r"^SMOKE := (.*)$", text, re.M)[1].split()
    assert len(files) > 5
    assert all((HOUSE / file).exists() for file in files)
    assert {Path(file).parts[1] for file in files} >= {"engine", "data", "window"}
