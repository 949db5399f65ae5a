"""Answers are kept in a small file, read with distrust, and counted over many files."""

import json
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nnviz.data.dataset import DataError
from nnviz.engine.selection import Selection
from nnviz.lessons.answer_sheet import GivenAnswer
from nnviz.lessons.answers import (
    AnswerRecord,
    is_answers,
    read_answers,
    record_of,
    save_answers,
)
from nnviz.lessons.counts import Said, count_files
from tests.sampled import tried

RECORDS = (
    AnswerRecord("two-weights", "guess", 9.0, "9 units", False, 12.5, "2026-11-30T09:41:00"),
    AnswerRecord("two-weights", "pick", 0.0, "The first", True, 3.0),
    AnswerRecord("two-weights", "show", None, "w¹₁,₂", None),
)


@pytest.fixture
def saved(tmp_path):
    def saved(records=RECORDS, name="Ada", file="answers.json"):
        save_answers(tmp_path / file, records, name)
        return tmp_path / file

    return saved


def test_answers_are_read_as_they_were_saved(saved):
    path = saved()
    assert is_answers(path)
    found = read_answers(path)
    assert found.answers == RECORDS
    assert found.name == "Ada"
    assert read_answers(saved(name="")).name == "answers"


def test_what_was_given_is_written_as_numbers_and_words():
    assert record_of(
        "l", GivenAnswer("s", 2, "The third", True, seconds=4.0), "now"
    ) == AnswerRecord("l", "s", 2.0, "The third", True, 4.0, "now")
    pointed = GivenAnswer("s", Selection("cost"), "C₀")
    assert record_of("l", pointed) == AnswerRecord("l", "s", None, "C₀", None)


def test_what_is_no_number_is_saved_as_none(saved):
    path = saved((replace(RECORDS[0], answer=float("nan")),))
    assert read_answers(path).answers[0].answer is None


DAMAGED = {
    "another file": ("nnviz answers", "something", "holds no answers"),
    "a newer file": ('"version": 1', '"version": 2', "newer nnviz"),
    "no JSON": ('"name"', '"name', "line 4 cannot be read"),
    "no list": ('"answers": [', '"answers": 1, "x": [', "at most"),
    "no lesson": ('"two-weights"', '""', "answer 1 does not say to what"),
    "a text that is none": ('"guess"', "5", "answer 1 does not say to what"),
    "a long text": ('"9 units"', f'"{"x" * 501}"', "answer 1 does not say to what"),
    "no number": ("9.0", '"nine"', "answer 1 is no number"),
    "a number that is too large": ("9.0", "1e999", "answer 1 is no number"),
    "neither right nor wrong": ("false", '"yes"', "neither right nor wrong"),
    "a number for right": ("false", "0", "neither right nor wrong"),
}


@pytest.mark.parametrize(("old", "new", "told"), DAMAGED.values(), ids=list(DAMAGED))
def test_a_damaged_file_is_named(saved, old, new, told):
    path = saved()
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(DataError, match=told) as caught:
        read_answers(path)
    assert str(path) in str(caught.value)


def test_strange_files_are_refused(tmp_path):
    assert not is_answers(tmp_path / "nowhere.json")
    with pytest.raises(DataError, match="no ordinary file"):
        read_answers(tmp_path)
    deep = tmp_path / "deep.json"
    deep.write_text("[" * 100_000)
    assert not is_answers(deep)
    with pytest.raises(DataError, match="is damaged"):
        read_answers(deep)
    large = tmp_path / "large.json"
    large.write_bytes(b" " * (2**21 + 1))
    with pytest.raises(DataError, match="too large"):
        read_answers(large)


@settings(
    max_examples=tried(200),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(
                    ("lesson", "scene", "answer", "words", "right", "seconds", "when", "name", "a")
                ),
                inner,
                max_size=7,
            )
        ),
        max_leaves=12,
    )
)
def test_no_content_is_a_traceback(tmp_path, content):
    path = tmp_path / "any.json"
    file = {"kind": "nnviz answers", "version": 1, "answers": content, "name": content}
    path.write_text(json.dumps(file))
    try:
        read_answers(path)
    except DataError as error:
        assert str(path) in str(error)  # noqa: PT017


def test_answers_of_many_are_counted_question_by_question(saved, tmp_path):
    paths = [
        saved(name="Ada", file="a.json"),
        saved((RECORDS[0], replace(RECORDS[0], answer=12.0, words="12 units", right=True)), "Ben",
              "b.json"),
        saved((replace(RECORDS[0], seconds=2.5), replace(RECORDS[1], right=False)), "Cleo",
              "c.json"),
    ]  # fmt: skip
    bad = tmp_path / "d.json"
    bad.write_text("{")
    counts = count_files([*paths, bad, tmp_path / "nowhere.json"])
    assert counts.names == ("Ada", "Ben", "Cleo")
    assert [str(bad) in counts.problems[0], "nowhere.json" in counts.problems[1]] == [True, True]
    guess, pick, show = counts.questions
    assert (guess.scene, guess.right, guess.wrong, guess.open) == ("guess", 1, 2, 0)
    assert guess.said == (Said("9 units", 2, False), Said("12 units", 1, True))
    assert guess.seconds == 12.5
    assert (pick.right, pick.wrong, pick.said) == (1, 1, (Said("The first", 2, None),))
    assert (show.answers, show.open) == (1, 1)
    assert count_files([]).questions == ()


def test_too_many_files_are_told(saved, monkeypatch):
    monkeypatch.setattr("nnviz.lessons.counts.MOST_FILES", 1)
    counts = count_files([saved(), saved()])
    assert len(counts.names) == 1
    assert "Only the first 1 files" in counts.problems[0]
