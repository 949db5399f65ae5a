"""A course opens as one, from a folder or a zip, and nothing in it reaches beyond its folder."""

import zipfile
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nnviz.data.dataset import DataError
from nnviz.lessons import course_archive, load_lesson
from nnviz.lessons.course_folder import is_course, open_course
from tests.lessons.lesson_files import GOOD
from tests.sampled import tried

SECOND = GOOD.replace('"two-weights"', '"more-weights"', 1)
FILES = {
    "01-two.toml": GOOD,
    "02-more.toml": SECOND,
    "examples/own.toml": 'id = "own"\ntitle = "Own"',
    "trained.nnviz": "session",
    "rows.csv": "a,b\n1,2\n",
    "pictures/cell.svg": "<svg/>",
    "worksheet.pdf": "no part of it",
    ".DS_Store": "junk",
}


@pytest.fixture
def folder(tmp_path):
    place = tmp_path / "course"
    for name, text in FILES.items():
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_text(text, "utf-8")
    return place


@pytest.fixture
def packed(tmp_path):
    def packed(files, change=lambda info: None, compression=zipfile.ZIP_DEFLATED):
        path = tmp_path / "course.zip"
        with zipfile.ZipFile(path, "w", compression) as archive:
            for name, text in files.items():
                info = zipfile.ZipInfo(name)
                info.compress_type = compression
                change(info)
                archive.writestr(info, text)
        return path

    return packed


@pytest.fixture
def unpack(tmp_path):
    def unpack(path):
        return open_course(path, tmp_path / "cache")

    return unpack


def left(tmp_path):
    """What the folder of unpacked archives holds."""
    cache = tmp_path / "cache"
    return sorted(cache.iterdir()) if cache.exists() else []


def test_a_folder_is_opened(folder, unpack):
    assert is_course(folder)
    course = unpack(folder)
    assert list(course.lessons) == ["two-weights", "more-weights"]
    assert course.folder == folder
    assert course.problems == ()
    assert len(load_lesson(course.lessons["more-weights"].path).scenes) == 3


@pytest.mark.parametrize("within", ["", "My course/"])
def test_an_archive_is_unpacked_and_opened(packed, unpack, tmp_path, within):
    path = packed({f"{within}{name}": text for name, text in FILES.items()})
    assert is_course(path)
    course = unpack(path)
    assert list(course.lessons) == ["two-weights", "more-weights"]
    assert (course.folder / "rows.csv").read_text() == FILES["rows.csv"]
    assert (course.folder / "examples" / "own.toml").is_file()
    assert not (course.folder / "worksheet.pdf").exists()
    assert not (course.folder / ".DS_Store").exists()
    before = left(tmp_path)
    assert unpack(path).folder == course.folder
    assert left(tmp_path) == before


HARMFUL = {
    "a name that leads up": "../evil.toml",
    "a name that leads up later": "a/../../evil.toml",
    "an absolute name": "/evil.toml",
    "a drive": "C:evil.toml",
    "a name of another system": "..\\evil.toml",
    "too deep": "a/b/c/d/evil.toml",
}


@pytest.mark.parametrize("name", HARMFUL.values(), ids=list(HARMFUL))
def test_an_archive_that_writes_outside_is_refused(packed, unpack, tmp_path, name):
    path = packed({"01.toml": GOOD, name: GOOD})
    with pytest.raises(DataError, match="leads out of the course") as told:
        unpack(path)
    assert str(told.value).count(str(path)) == 1, "one sentence, which is not of damage"
    assert left(tmp_path) == []
    assert not list(tmp_path.rglob("evil*"))


def test_a_link_in_an_archive_is_refused(packed, unpack, tmp_path):
    def link(info):
        if info.filename == "link.toml":
            info.external_attr = 0o120777 << 16

    path = packed({"01.toml": GOOD, "link.toml": "/etc/passwd"}, link)
    with pytest.raises(DataError, match="is a link"):
        unpack(path)
    assert left(tmp_path) == []


def test_what_is_too_much_is_refused(packed, unpack, tmp_path, monkeypatch):
    with pytest.raises(DataError, match="at most 500"):
        unpack(packed({f"{number}.toml": "" for number in range(501)}))
    with pytest.raises(DataError, match="two files"):
        unpack(packed({"a.toml": GOOD, "A.toml": GOOD}))
    bomb = packed({"01.toml": GOOD, "rows.csv": "0" * 4_000_000})
    monkeypatch.setattr(course_archive, "LARGEST", 1_000_000)
    with pytest.raises(DataError, match="unpacks into more"):
        unpack(bomb)
    monkeypatch.setattr(course_archive, "LARGEST_FILE", 1_000_000)
    with pytest.raises(DataError, match="is too large"):
        unpack(bomb)
    monkeypatch.setattr(course_archive, "LARGEST_ARCHIVE", 1000)
    with pytest.raises(DataError, match="is larger than"):
        unpack(bomb)
    assert left(tmp_path) == []


def test_what_is_packed_unusually_is_refused(packed, unpack):
    with pytest.raises(DataError, match="unusual way"):
        unpack(packed({"01.toml": GOOD}, compression=zipfile.ZIP_BZIP2))


def test_a_size_that_is_a_lie_is_refused(packed, unpack, tmp_path):
    path = packed({"01.toml": GOOD}, compression=zipfile.ZIP_STORED)
    content = path.read_bytes()
    size = len(GOOD.encode()).to_bytes(4, "little")
    lie = (len(GOOD.encode()) * 2).to_bytes(4, "little")
    path.write_bytes(content.replace(size + size, size + lie))
    with pytest.raises(DataError, match=r"damaged|too large"):
        unpack(path)
    assert left(tmp_path) == []


def test_bytes_that_cannot_be_unpacked_are_told(packed, tmp_path):
    """Every byte between the archive's heads in turn: deflate itself refuses some of them."""
    whole = packed({"01-two.toml": GOOD}).read_bytes()
    path = tmp_path / "course.zip"
    for at in range(30, 90):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :])
        with suppress(DataError):
            open_course(path, tmp_path / "cache")
    assert not [one for one in left(tmp_path) if one.name.endswith(".part")]


@settings(
    max_examples=tried(80),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.data())
def test_a_damaged_archive_is_told_or_opened_and_nothing_is_left_outside(packed, tmp_path, data):
    path = packed({"01-two.toml": GOOD, "02-more.toml": SECOND})
    content = bytearray(path.read_bytes())
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(content) - 1))
        content[at] = data.draw(st.integers(0, 255))
    path.write_bytes(bytes(content[: data.draw(st.integers(0, len(content)))]))
    is_course(path)
    with suppress(DataError):
        open_course(path, tmp_path / "cache")
    assert {one.name for one in tmp_path.iterdir()} <= {"course.zip", "cache"}
    assert not [one for one in left(tmp_path) if one.name.endswith(".part")]


def test_a_damaged_lesson_keeps_no_other_from_being_used(folder, unpack):
    (folder / "03-bad.toml").write_text("id = 3\n[[scene]]\n")
    (folder / "04-same.toml").write_text(GOOD)
    course = unpack(folder)
    assert list(course.lessons) == ["two-weights", "more-weights"]
    assert [str(problem).rpartition("/")[2] for problem in course.problems] == [
        "03-bad.toml:1: the file says no 'minutes': add it.",
        "04-same.toml:1: 01-two.toml has the same id: take another.",
    ]


def test_links_that_lead_out_of_a_folder_are_refused(folder, unpack, tmp_path):
    (folder / "inside.csv").symlink_to(folder / "rows.csv")
    unpack(folder)
    (folder / "outside.csv").symlink_to(tmp_path)
    with pytest.raises(DataError, match="leads out of the course"):
        unpack(folder)


def test_a_folder_of_too_many_files_is_refused(folder, unpack):
    for number in range(501):
        (folder / "pictures" / f"{number}.svg").write_text("")
    with pytest.raises(DataError, match="more than 500"):
        unpack(folder)


def test_what_is_no_course_is_told(packed, unpack, tmp_path):
    empty = tmp_path / "empty"
    empty.mkdir()
    assert not is_course(empty)
    assert not is_course(tmp_path / "nowhere.zip")
    with pytest.raises(DataError, match="holds no lesson"):
        unpack(empty)
    with pytest.raises(DataError, match="holds no lesson"):
        unpack(packed({"rows.csv": "a"}))
    assert not is_course(packed({"rows.csv": "a"}))
    with pytest.raises(DataError, match="cannot be read"):
        unpack(tmp_path / "nowhere.zip")
    other = tmp_path / "no.zip"
    other.write_text("no archive")
    assert not is_course(other)
    with pytest.raises(DataError, match="is damaged"):
        unpack(other)
