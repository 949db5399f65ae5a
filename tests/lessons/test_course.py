"""The lessons of the course: nothing is wrong with any, whatever is damaged in one is told."""

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nnviz.lessons import EXAMPLES, LESSONS, load_example, load_lesson
from nnviz.lessons.catalogue import folder, headings_in, is_lesson, lesson_file
from nnviz.lessons.checks import check
from nnviz.lessons.course_table import row_of, table
from nnviz.lessons.loader import read_what_can_be_read
from nnviz.lessons.problems import Known
from nnviz.views import VIEWS
from nnviz.window.commands import COMMANDS
from nnviz.window.projector.pages import LESSON_PAGES, PAGES
from tests.sampled import tried

KNOWN = Known(
    panels=frozenset(view.id for view in VIEWS),
    actions=frozenset(COMMANDS),
    pages={page.id: page.ids for page in (*PAGES, *LESSON_PAGES)},
    lessons=LESSONS,
)


@pytest.mark.parametrize("id", LESSONS)
def test_nothing_is_wrong_with_a_lesson(id):
    lesson = load_lesson(id)
    assert [str(problem) for problem in check(lesson, KNOWN)] == []
    assert lesson.id == id


def test_no_file_of_the_course_is_left_out():
    assert len(LESSONS) == len(list(folder().glob("*.toml")))


@pytest.mark.parametrize(
    "path", sorted((folder() / "examples").glob("*.toml")), ids=lambda p: p.stem
)
def test_an_example_of_the_course_is_exact_and_in_no_menu(path):
    loaded = load_example(path)
    assert loaded.id == path.stem
    assert loaded.id not in EXAMPLES
    assert not is_lesson(path)


def test_the_table_has_a_row_for_each_lesson_and_one_for_all():
    lessons = [load_lesson(id) for id in LESSONS]
    lines = list(table(lessons))
    assert len(lines) == len(LESSONS) + 2
    assert len({len(line) for line in lines}) == 1
    every = row_of("all", lessons)
    assert every.scenes == sum(len(lesson.scenes) for lesson in lessons)
    assert every.most <= 45
    assert every.grade <= 8


def test_lessons_of_a_folder_are_found_beside_other_files(tmp_path):
    (tmp_path / "b.toml").write_text(lesson_file("from-neuron-to-layers").read_text("utf-8"))
    (tmp_path / "a.toml").write_text("no lesson")
    (tmp_path / "c.toml").write_text('id = "an-example"\ntitle = "No lesson"')
    assert list(headings_in(tmp_path)) == ["from-neuron-to-layers"]
    assert [is_lesson(tmp_path / f"{name}.toml") for name in "abcd"] == [False, True, False, False]


SOURCES = [path.read_text("utf-8") for path in sorted(folder().glob("*.toml"))]


@settings(
    max_examples=tried(150),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.data())
def test_whatever_is_damaged_in_a_file_is_told_with_file_and_line(tmp_path: Path, data):
    lines = data.draw(st.sampled_from(SOURCES)).splitlines()
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(lines) - 1))
        match data.draw(st.sampled_from(("drop", "twice", "cut", "swap", "letter"))):
            case "drop":
                del lines[at]
            case "twice":
                lines.insert(at, lines[at])
            case "cut":
                lines[at] = lines[at][: len(lines[at]) // 2]
            case "swap":
                other = data.draw(st.integers(0, len(lines) - 1))
                lines[at], lines[other] = lines[other], lines[at]
            case _:
                place = data.draw(st.integers(0, len(lines[at])))
                sign = data.draw(st.sampled_from("\"'[]{}=#,.x0-"))
                lines[at] = lines[at][:place] + sign + lines[at][place:]
        lines = lines or [""]
    path = tmp_path / "damaged.toml"
    path.write_text("\n".join(lines), "utf-8")
    lesson, errors = read_what_can_be_read(path)
    for error in errors:
        assert error.path == path
        assert 1 <= error.line <= len(lines) + 1
        assert str(error).startswith(f"{path}, line ")
        assert error.problem.endswith(".")
    assert (lesson is None) == bool(errors)
    if lesson is not None:
        for problem in check(lesson, KNOWN):
            assert 1 <= problem.line <= len(lines) + 1


@pytest.mark.parametrize("id", LESSONS)
def test_what_plays_to_a_step_ends_there_at_any_speed(id):
    for scene in load_lesson(id).scenes:
        found = scene.play and re.fullmatch(r"step >= (\d+)", scene.play.until.source)
        if found is not None:
            assert scene.play.limit <= int(found[1]), scene.id
