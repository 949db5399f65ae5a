"""Answers of all lessons are kept between starts, the last to each question."""

from nnviz.lessons.answer_book import AnswerBook
from nnviz.lessons.answer_sheet import GivenAnswer
from nnviz.lessons.answers import read_answers

NINE = GivenAnswer("guess", 9.0, "9 units", False, judged=True, seconds=2.0)


def test_the_last_answer_to_a_question_is_kept(tmp_path):
    path = tmp_path / "kept" / "answers.json"
    book = AnswerBook(path)
    assert list(book) == []
    assert not path.exists()
    book.note("two", [NINE, GivenAnswer("pick", 0, "The first")], "monday")
    book.note("two", [NINE], "tuesday")  # nothing new
    book.note("more", [GivenAnswer("guess", 1.0, "1", True)], "tuesday")
    again = AnswerBook(path)
    assert list(again) == list(book)
    assert [(one.lesson, one.scene, one.when) for one in again] == [
        ("two", "guess", "monday"),
        ("two", "pick", "monday"),
        ("more", "guess", "tuesday"),
    ]
    again.note("two", [GivenAnswer("pick", 1, "The second", True)], "friday")
    assert [(one.scene, one.words, one.when) for one in again][-1] == (
        "pick",
        "The second",
        "friday",
    )
    assert len(list(again)) == 3


def test_hands_are_nobodys(tmp_path):
    book = AnswerBook(tmp_path / "answers.json")
    book.note("two", [GivenAnswer("pick", None, hands=(3, 4))], "monday")
    assert list(book) == []


def test_answers_are_handed_in_under_a_name(tmp_path):
    book = AnswerBook(tmp_path / "kept.json")
    book.note("two", [NINE], "monday")
    book.hand_in(tmp_path / "out.json", "Ada")
    found = read_answers(tmp_path / "out.json")
    assert found.name == "Ada"
    assert found.answers == tuple(book)


def test_lessons_of_one_id_from_elsewhere_have_answers_of_their_own(tmp_path):
    path = tmp_path / "answers.json"
    book = AnswerBook(path)
    book.note("two", [NINE], "monday")
    book.note("two", [GivenAnswer("guess", 1.0, "1", True)], "tuesday", "/home/ada/two.toml")
    book.note("two", [NINE], "friday")  # it stands already
    kept = [(one.origin, one.words, one.when) for one in AnswerBook(path)]
    assert kept == [("", "9 units", "monday"), ("/home/ada/two.toml", "1", "tuesday")]
    book.hand_in(tmp_path / "out.json", "Ada")
    [handed] = read_answers(tmp_path / "out.json").answers
    assert (handed.words, handed.origin) == ("1", "")


def test_the_longest_place_does_not_break_the_file(tmp_path):
    path = tmp_path / "answers.json"
    AnswerBook(path).note("two", [NINE], "monday", "/" + "long/" * 300)
    again = AnswerBook(path)
    again.note("two", [NINE], "tuesday", "/" + "long/" * 300)
    assert [one.when for one in again] == ["monday"]


def test_a_broken_file_or_a_full_disk_stops_no_lesson(tmp_path, caplog):
    path = tmp_path / "answers.json"
    path.write_text("{")
    book = AnswerBook(path)
    assert list(book) == []
    assert "is damaged" in caplog.text
    (tmp_path / "file").write_text("")
    nowhere = AnswerBook(tmp_path / "file" / "answers.json")
    nowhere.note("two", [NINE], "monday")
    assert len(list(nowhere)) == 1
