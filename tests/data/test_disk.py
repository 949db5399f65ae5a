"""Atomic files: the old one or the new one, never anything between, and no litter."""

import errno
import os
import stat
from pathlib import Path

import pytest

from nnviz.data.disk import SpecialFileError, replace_file


def writing(content):
    return lambda file: file.write(content)


def names(folder):
    return sorted(path.name for path in folder.iterdir())


@pytest.fixture
def old(tmp_path):
    path = tmp_path / "run.nnviz"
    path.write_bytes(b"old")
    return path


@pytest.mark.parametrize("part", [None, "run.part"])
def test_a_new_file_takes_the_place_of_the_old_one_and_leaves_nothing_else(old, part):
    replace_file(old, writing(b"new"), part=part and old.with_name(part))
    assert old.read_bytes() == b"new"
    assert names(old.parent) == ["run.nnviz"]


def test_a_part_left_by_a_killed_process_is_overwritten(old):
    part = old.with_name("run.part")
    part.write_bytes(b"the long half of something else")
    replace_file(old, writing(b"new"), part=part)
    assert old.read_bytes() == b"new"
    assert names(old.parent) == ["run.nnviz"]


def test_the_old_file_is_there_until_the_new_one_is_complete(old):
    part = old.with_name("run.part")

    def write(file):
        file.write(b"n")
        file.flush()
        assert old.read_bytes() == b"old"
        assert part.read_bytes() == b"n"
        file.write(b"ew")

    replace_file(old, write, part=part)
    assert old.read_bytes() == b"new"


def test_the_content_is_on_the_disk_before_it_gets_its_name(old, monkeypatch):
    order = []
    sync, replace = os.fsync, Path.replace
    monkeypatch.setattr(os, "fsync", lambda handle: (order.append("sync"), sync(handle)))
    monkeypatch.setattr(
        Path, "replace", lambda part, path: (order.append("replace"), replace(part, path))
    )
    replace_file(old, writing(b"new"))
    assert order == ["sync", "replace", "sync"]  # the last one is the folder


@pytest.mark.parametrize("part", [None, "run.part"])
@pytest.mark.parametrize("problem", [OSError(errno.ENOSPC, "full"), KeyboardInterrupt()])
def test_what_goes_wrong_while_writing_leaves_the_old_file_alone(old, part, problem):
    def write(file):
        file.write(b"half")
        file.flush()
        raise problem

    with pytest.raises(type(problem)) as caught:
        replace_file(old, write, part=part and old.with_name(part))
    assert caught.value is problem
    assert old.read_bytes() == b"old"
    assert names(old.parent) == ["run.nnviz"]


@pytest.mark.parametrize(
    ("where", "name"), [(os, "fsync"), (Path, "replace"), (Path, "open")], ids=str
)
def test_a_system_that_refuses_leaves_the_old_file_alone(old, monkeypatch, where, name):
    def refuse(*_args, **_more):
        raise OSError(errno.EROFS, "Read-only file system")

    with monkeypatch.context() as patch:
        patch.setattr(where, name, refuse)
        with pytest.raises(OSError, match="Read-only"):
            replace_file(old, writing(b"new"))
    assert old.read_bytes() == b"old"
    assert names(old.parent) == ["run.nnviz"]


def test_a_folder_that_cannot_be_synced_is_no_reason_to_fail(old, monkeypatch):
    def refuse(*_args):
        raise OSError(errno.EACCES, "Folders cannot be opened here")

    with monkeypatch.context() as patch:
        patch.setattr(os, "open", refuse)  # only folders are opened that way
        replace_file(old, writing(b"new"))
    assert old.read_bytes() == b"new"


def test_a_missing_folder_is_an_error_of_the_system(tmp_path):
    with pytest.raises(FileNotFoundError):
        replace_file(tmp_path / "no" / "run.nnviz", writing(b"new"))


def test_a_folder_is_never_replaced(tmp_path):
    folder = tmp_path / "run.nnviz"
    folder.mkdir()
    with pytest.raises(OSError, match="run"):
        replace_file(folder, writing(b"new"))
    assert names(tmp_path) == ["run.nnviz"]
    assert folder.is_dir()


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_a_link_goes_on_pointing_to_the_file_that_was_written(old, tmp_path):
    other = tmp_path / "other"
    other.mkdir()
    link = other / "link.nnviz"
    link.symlink_to(old)
    replace_file(link, writing(b"new"))
    assert link.is_symlink()
    assert old.read_bytes() == b"new"
    assert names(other) == ["link.nnviz"]


@pytest.mark.skipif(os.name == "nt", reason="other rights there")
def test_a_new_file_has_the_rights_that_any_new_file_has(tmp_path):
    path = tmp_path / "run.nnviz"
    replace_file(path, writing(b"new"))
    (tmp_path / "plain").write_bytes(b"")
    assert path.stat().st_mode == (tmp_path / "plain").stat().st_mode


def test_a_name_as_long_as_a_name_may_be_can_be_written(tmp_path):
    path = tmp_path / ("n" * 255)
    replace_file(path, writing(b"new"))
    assert path.read_bytes() == b"new"


@pytest.mark.skipif(os.name == "nt", reason="other rights there")
def test_a_private_file_is_private_before_anything_is_in_it(old):
    seen = []

    def write(file):
        seen.append(stat.S_IMODE(os.fstat(file.fileno()).st_mode))
        file.write(b"new")

    replace_file(old, write, private=True)
    assert seen == [0o600]
    assert stat.S_IMODE(old.stat().st_mode) == 0o600


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names there")
@pytest.mark.parametrize("linked", [False, True])
def test_a_pipe_is_never_replaced(tmp_path, linked):
    path = tmp_path / "run.nnviz"
    os.mkfifo(tmp_path / "pipe")
    path.symlink_to("pipe") if linked else (tmp_path / "pipe").rename(path)
    with pytest.raises(SpecialFileError, match="no ordinary file"):
        replace_file(path, writing(b"new"))
    assert stat.S_ISFIFO(path.stat().st_mode)
    assert len(names(tmp_path)) == 1 + linked


@pytest.mark.skipif(os.name == "nt", reason="devices have other names there")
def test_a_device_is_never_replaced(tmp_path):
    path = tmp_path / "run.nnviz"
    path.symlink_to(os.devnull)
    with pytest.raises(SpecialFileError):
        replace_file(path, writing(b"new"))
    assert stat.S_ISCHR(path.stat().st_mode)
