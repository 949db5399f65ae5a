"""Stamps: what tells that a table, a folder or the drawings have changed on disk."""

import os

import numpy as np
import pytest

from nnviz.data.drawings import DrawingStore
from nnviz.data.stamp import stamp


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "a table.csv"
    path.write_text("x,y\n1,2\n")
    return path


def test_what_needs_no_files_never_changes():
    assert stamp("xor") == stamp("digits") == ()


def test_a_table_that_is_written_again_is_another_even_at_the_same_size(table):
    before = stamp(str(table))
    assert stamp(str(table)) == before
    assert stamp(f"{table}:target=x") == before, "options are how it is read, not what is there"
    status = table.stat()
    table.write_text("x,y\n3,4\n")
    os.utime(table, ns=(status.st_atime_ns, status.st_mtime_ns + 1))
    assert stamp(str(table)) != before
    table.unlink()
    assert stamp(str(table)) == ()


@pytest.mark.parametrize("change", ["add", "remove", "write"])
def test_every_file_of_a_folder_counts_however_deep(tmp_path, change):
    deep = tmp_path / "pictures" / "train" / "seven"
    deep.mkdir(parents=True)
    for name in ("a.png", "b.png"):
        (deep / name).write_text(name)
    (deep / "loop").symlink_to(tmp_path / "pictures", target_is_directory=True)
    before = stamp(str(tmp_path / "pictures"))
    if change == "add":
        (deep / "c.png").write_text("c")
    elif change == "remove":
        (deep / "a.png").unlink()
    else:
        (deep / "a.png").write_text("another")
    assert stamp(str(tmp_path / "pictures")) != before


def test_a_drawing_that_is_kept_makes_the_drawings_others():
    before = stamp("drawings")
    DrawingStore().add(7, np.eye(28))
    assert stamp("drawings") != before


def test_a_link_that_leads_nowhere_hides_no_other_file(tmp_path):
    for name in "abcdefgh":
        (tmp_path / f"{name}.png").write_text(name)
        (tmp_path / f"{name}.lost").symlink_to(tmp_path / "nowhere")
    found = [name for name, _, _ in stamp(str(tmp_path))]
    assert found == [str(tmp_path / f"{name}.png") for name in "abcdefgh"]


def test_a_mixture_changes_with_each_of_its_parts(tmp_path):
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
    name = f"digits+{tmp_path / 'a'}+{tmp_path / 'b'}:share=0.2,share=0.2"
    found = {stamp(name)}
    for part in ("a", "b"):
        (tmp_path / part / "0.png").write_text(part)
        found.add(stamp(name))
    assert len(found) == 3
