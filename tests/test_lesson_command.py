"""`nnviz lesson` lists the course and checks files: one problem a line, and an exit code."""

import re

import pytest

from nnviz.cli import main
from nnviz.lessons import LESSONS
from nnviz.lessons.answer_book import AnswerBook
from nnviz.lessons.answer_sheet import GivenAnswer
from nnviz.lessons.answers import AnswerRecord, read_answers, save_answers
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


def test_a_single_lesson_that_needs_itself_is_told(tmp_path, capsys):
    path = tmp_path / "a.toml"
    path.write_text(GOOD.replace("what-a-neuron-does", "two-weights"), "utf-8")
    assert main(["lesson", "check", str(path)]) == 1
    assert f"{path}:5: 'two-weights' needs itself: leave one out." in capsys.readouterr().out


def test_what_is_there_but_no_lesson_is_not_said_to_be_missing(tmp_path, capsys):
    path = tmp_path / "course.zip"
    path.write_text("no archive")
    assert main(["lesson", "check", str(path)]) != 0
    assert f"{path} is no lesson: " in capsys.readouterr().err


def test_a_course_is_checked_as_one(tmp_path, capsys):
    (tmp_path / "a.toml").write_text(GOOD, "utf-8")
    text = GOOD.replace('"two-weights"', '"other"', 1).replace("what-a-neuron-does", "other")
    (tmp_path / "b.toml").write_text(text, "utf-8")
    (tmp_path / "c.toml").write_text("id = 3\n[[scene]]\n")
    assert main(["lesson", "check", str(tmp_path)]) == 1
    printed = capsys.readouterr().out
    assert "'other' needs itself" in printed
    assert f"{tmp_path / 'c.toml'}:1: " in printed
    assert f"{tmp_path / 'a.toml'}:" in printed


def test_answers_are_counted_and_damaged_files_named(tmp_path, capsys):
    for number, right in enumerate((True, True, False)):
        words = "12" if right else "15"
        record = AnswerRecord("two-weights", "guess", float(words), words, right)
        save_answers(tmp_path / f"{number}.json", [record])
    files = [str(tmp_path / f"{number}.json") for number in range(3)]
    assert main(["lesson", "counts", *files]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "two-weights, guess: 3 answers, 2 right, 1 wrong",
        "    2  12 (right)",
        "    1  15",
    ]
    (tmp_path / "bad.json").write_text("{")
    assert main(["lesson", "counts", str(tmp_path / "bad.json"), *files]) == 1
    printed = capsys.readouterr()
    assert "bad.json" in printed.err
    assert "3 answers" in printed.out


def test_what_was_answered_in_the_window_is_handed_in(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr("nnviz.window.settings.settings_file", lambda: tmp_path / "app.json")
    book = AnswerBook(tmp_path / "answers.json")
    book.note("two-weights", [GivenAnswer("guess", 12.0, "12", True)], "monday")
    assert main(["lesson", "answers", str(tmp_path / "out.json"), "--name", "Ada"]) == 0
    assert capsys.readouterr().out == f"{tmp_path / 'out.json'} holds 1 answer.\n"
    found = read_answers(tmp_path / "out.json")
    assert found.name == "Ada"
    assert found.answers == tuple(book)


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
