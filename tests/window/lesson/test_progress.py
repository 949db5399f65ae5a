"""Progress: kept by lesson and by where it comes from; what was kept before is not lost."""

import json

import pytest

from nnviz.window.lesson.progress import Progress, ProgressFile
from tests.window.lesson.conftest import LESSON

HALF, DONE = Progress("second"), Progress("", done=True)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "lessons.json"


def test_a_copy_in_another_place_is_another_lesson(path):
    file = ProgressFile(path, {"xor"})
    file.note("xor", DONE)
    file.note("xor", HALF, "/copied")
    again = ProgressFile(path, {"xor"})
    assert again.of("xor") == DONE
    assert again.of("xor", "/copied") == HALF
    assert again.of("xor", "/elsewhere") == Progress()


def test_what_was_kept_by_id_alone_goes_on_and_belongs_to_one_place_from_then(path):
    kept = {"xor": {"scene": "", "done": True}, "mine": {"scene": "second", "done": False}}
    path.write_text(json.dumps({"lessons": kept}))
    file = ProgressFile(path, {"xor"})
    assert file.of("xor") == DONE
    assert file.of("xor", "/copied") == Progress()
    assert file.of("mine", "/course") == HALF
    file.note("mine", DONE, "/course")
    again = ProgressFile(path, {"xor"})
    assert again.of("mine", "/course") == DONE
    assert again.of("mine", "/copied") == Progress()


@pytest.mark.parametrize(
    "text",
    ["", "[]", "no", '{"lessons": 3, "elsewhere": [1]}', '{"elsewhere": {"/a": {"b": 3}, "c": 4}}'],
)
def test_a_broken_file_costs_nothing_but_what_was_in_it(path, text):
    path.write_text(text)
    file = ProgressFile(path)
    assert file.of("b", "/a") == Progress()
    file.note("b", HALF, "/a")
    assert ProgressFile(path).of("b", "/a") == HALF


def test_the_copy_of_a_lesson_begins_at_its_beginning(at):
    at.open()
    at.on()
    assert at.scene == "click"
    copy = at.path.with_name("copy.toml")
    copy.write_text(LESSON, "utf-8")
    at.window.files.open_path(copy)
    at.qtbot.waitUntil(lambda: at.script.lesson.path == copy and at.script.arrived, timeout=60_000)
    assert at.scene == "first"
    at.window.files.open_path(at.path)
    at.qtbot.waitUntil(
        lambda: at.script.lesson.path == at.path and at.script.arrived, timeout=60_000
    )
    assert at.scene == "click"
