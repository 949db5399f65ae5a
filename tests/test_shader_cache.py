"""OpenGL's cache on a full disk: turned off before it ends the program, and said so."""

import errno
import os

import pytest

from nnviz import shader_cache
from nnviz.shader_cache import SWITCH, spare_full_disk


@pytest.fixture(autouse=True)
def _linux(monkeypatch, tmp_path):
    monkeypatch.setattr(shader_cache.sys, "platform", "linux")
    monkeypatch.setenv(SWITCH, "")
    monkeypatch.delenv(SWITCH)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "not" / "there"))


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT])
def test_a_full_disk_turns_it_off_and_is_said(monkeypatch, tmp_path, code):
    def full(*_):
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(shader_cache.os, "posix_fallocate", full, raising=False)
    sentence = spare_full_disk()
    assert str(tmp_path) in sentence
    assert sentence.endswith("make room.")
    assert os.environ[SWITCH] == "true"


def test_where_there_is_room_or_no_telling_it_stays_on(monkeypatch, tmp_path):
    assert spare_full_disk() == ""
    assert list(tmp_path.iterdir()) == []

    def odd(*_):
        raise OSError(errno.EINVAL, "a disk that cannot be asked")

    monkeypatch.setattr(shader_cache.os, "posix_fallocate", odd, raising=False)
    assert spare_full_disk() == ""
    assert SWITCH not in os.environ


def test_who_has_chosen_is_not_asked(monkeypatch):
    monkeypatch.setenv(SWITCH, "false")
    monkeypatch.setattr(shader_cache, "_full", lambda _: pytest.fail("asked"))
    assert spare_full_disk() == ""
