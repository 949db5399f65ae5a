"""`nnviz lesson` lists the course and checks files: one problem a line, and an exit code."""

import re

import pytest

from nnviz.cli import main
from nnviz.lessons import LESSONS
from tests.lessons.lesson_files import GOOD


def test_list_names_every_lesson(capsys):
    assert main(["lesson", "list"]) == 0
    printed = capsys.readouterr().out
    assert [line.split()[0] for line in printed.splitlines()] == list(LESSONS)


def test_the_table_says_how_long_and_how_easy_lessons_are(capsys):
    assert main(["lesson", "list", "--table"]) == 0
    heading, *rows = capsys.readouterr().out.splitlines()
    assert heading.split() == [
        "lesson", "scenes", "words", "most", "predictions", "gestures", "minutes", "grade"
    ]  # fmt: skip
    assert [row.split()[0] for row in rows] == [*LESSONS, "all"]


def test_the_course_has_no_problem(capsys):
    assert main(["lesson", "check"]) == 0
    assert capsys.readouterr().out == ""
    assert main(["lesson", "check", next(iter(LESSONS))]) == 0


def test_every_problem_is_a_line_with_file_and_line(tmp_path, capsys):
    path = tmp_path / "bad.toml"
    path.write_text(GOOD.replace("minutes = 5", "minutes = 0").replace('"observe"', '"gaze"'))
    other = tmp_path / "rules.toml"
    other.write_text(GOOD.replace('mark = ["neuron(1, 0)"', 'mark = ["neuron(1, 4)"'), "utf-8")
    assert main(["lesson", "check", str(path), str(other)]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert all(re.match(r".+\.toml:\d+: .+\.$", line) for line in lines)
    assert lines[0].startswith(f"{path}:4: ")
    assert any(
        re.match(r"\d+: the net 2-1 has no neuron 4", line.removeprefix(f"{other}:"))
        for line in lines
    )


def test_lessons_beside_a_file_are_known_to_it(tmp_path, capsys):
    (tmp_path / "a.toml").write_text(GOOD, "utf-8")
    text = GOOD.replace('"two-weights"', '"other"', 1).replace("what-a-neuron-does", "two-weights")
    (tmp_path / "b.toml").write_text(text, "utf-8")
    main(["lesson", "check", str(tmp_path / "b.toml")])
    assert "there is no lesson" not in capsys.readouterr().out


@pytest.mark.parametrize("name", ["nowhere.toml", "nowhere"])
def test_a_file_that_is_not_there_is_told(name, capsys):
    assert main(["lesson", "check", name]) == 1
    assert "nowhere" in capsys.readouterr().err


@pytest.mark.parametrize("words", [["lesson"], ["lesson", "leap"], ["lesson", "list", "--tabel"]])
def test_wrong_usage_is_told(words, capsys):
    with pytest.raises(SystemExit) as caught:
        main(words)
    assert caught.value.code == 2
    assert len(capsys.readouterr().err.splitlines()) == 1
