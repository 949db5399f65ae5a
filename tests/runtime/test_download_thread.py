"""The download thread against a real server on loopback: good, slow, broken, silent, called off."""

import errno
import hashlib
import socket
from time import perf_counter, sleep

import numpy as np
import pytest

from nnviz.data import download, mirrors
from nnviz.data.published import PublishedFile, Release
from nnviz.messages.events import Downloading, DownloadOver, Failure
from nnviz.runtime.download_thread import DownloadThread
from nnviz.runtime.mailbox import Mailbox
from tests.data.mirror_server import mirrors as play

NAME = "train-images-idx3-ubyte.gz"
CONTENT = b"\x1f\x8b" + np.random.default_rng(0).bytes(1_500_000)


class Desk:
    """A download_thread and a server that it fetches from."""

    def __init__(self, stage, folder, monkeypatch):
        self.stage, self.folder = stage, folder
        self.manners = ["good"]
        self.mailbox = Mailbox()
        self.download_thread = DownloadThread(self.fetch, self.mailbox)
        self.download_thread.start()
        self.told = []
        monkeypatch.setattr(mirrors, "TIMEOUT", 0.4)

    def fetch(self, name, progress, *, asking):
        file = PublishedFile(NAME, len(CONTENT), hashlib.sha256(CONTENT).hexdigest())
        addresses = tuple(self.stage.mirror(manner) for manner in self.manners)
        download.fetch(Release("Test-MNIST", (file,), addresses), self.folder, progress, asking)
        return self.folder

    def until(self, happened):
        end = perf_counter() + 60
        while not happened():
            assert perf_counter() < end, self.told
            while (event := self.mailbox.take_event()) is not None:
                self.told.append(event)
            sleep(0.002)

    def over(self):
        self.until(lambda: self.told and isinstance(self.told[-1], DownloadOver | Failure))
        return self.told[-1]

    @property
    def part(self):
        path = self.folder / f"{NAME}.part"
        return path.stat().st_size if path.exists() else 0

    @property
    def whole(self):
        path = self.folder / NAME
        return path.exists() and path.read_bytes() == CONTENT


@pytest.fixture
def desk(tmp_path, monkeypatch):
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    with play({NAME: CONTENT}) as stage:
        desk = Desk(stage, tmp_path / "mnist", monkeypatch)
        yield desk
        assert desk.download_thread.stop(5)


@pytest.mark.parametrize("manner", ["good", "slow", "moved", "cut-once"])
def test_a_mirror_that_delivers(desk, manner):
    desk.manners = [manner]
    desk.download_thread.fetch("mnist")
    assert desk.over() == DownloadOver("mnist", "")
    assert desk.whole
    told = [event for event in desk.told if isinstance(event, Downloading)]
    assert told
    assert told[0].host == "127.0.0.1"
    assert told[0].text.startswith(NAME)
    shares = [event.fraction for event in told]
    assert shares == sorted(shares)


@pytest.mark.parametrize(
    ("manner", "says"),
    [
        ("wrong-hash", "SHA-256 differs"),
        ("truncating", "stops after"),
        ("404", "answers 404"),
        ("loop", "from address to address"),
        ("page", "web page"),
        ("silent", "does not answer"),
    ],
)
def test_a_bad_mirror_is_one_sentence(desk, manner, says):
    desk.manners = [manner]
    desk.download_thread.fetch("mnist")
    over = desk.over()
    assert says in over.problem
    assert over.problem.endswith(".")
    assert not over.cancelled
    assert not desk.whole


def test_cancelled_it_keeps_what_has_come_and_goes_on_from_there(desk):
    desk.manners = ["slow"]
    desk.download_thread.fetch("mnist")
    desk.until(lambda: desk.part > 200_000)
    desk.download_thread.cancel()
    assert desk.over() == DownloadOver("mnist", "", cancelled=True)
    kept = desk.part
    assert 0 < kept < len(CONTENT)
    desk.manners = ["good"]
    desk.told.clear()
    desk.download_thread.fetch("mnist")
    assert desk.over() == DownloadOver("mnist", "")
    assert desk.whole
    assert desk.stage.asked[-1] == ("good", NAME, f"bytes={kept}-")


def test_closing_does_not_wait_for_a_silent_mirror(desk, monkeypatch):
    monkeypatch.setattr(mirrors, "TIMEOUT", 3)
    desk.manners = ["silent"]
    desk.download_thread.fetch("mnist")
    desk.until(lambda: bool(desk.stage.asked))
    assert not desk.download_thread.stop(0.2)  # it returns while the mirror still says nothing
    desk.stage.over.set()  # now the mirror hangs up
    assert desk.download_thread.stop(5)
    assert desk.over().cancelled


def test_a_second_one_at_a_time_is_refused(desk):
    desk.manners = ["slow"]
    desk.download_thread.fetch("mnist")
    desk.until(lambda: desk.part > 0)
    desk.download_thread.fetch("fashion-mnist")
    desk.until(lambda: any(isinstance(event, DownloadOver) for event in desk.told))
    refused = next(event for event in desk.told if isinstance(event, DownloadOver))
    assert refused.name == "fashion-mnist"
    assert "Another data set is being downloaded" in refused.problem


def test_after_the_end_nothing_begins(desk):
    assert desk.download_thread.stop()
    desk.download_thread.fetch("mnist")
    assert not desk.stage.asked
    desk.download_thread.start()


def test_a_full_disk_and_no_network_are_one_sentence_each(desk, monkeypatch):
    with monkeypatch.context() as patch:
        original = download._Fetching._opened

        @download.contextmanager
        def opened(self, start):
            with original(self, start), self._writing():
                raise OSError(errno.ENOSPC, "No space left on device")
            yield

        patch.setattr(download._Fetching, "_opened", opened)
        desk.download_thread.fetch("mnist")
        assert "the disk is full" in desk.over().problem
    desk.told.clear()

    def lookup(*_args, **_kwargs):
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", lookup)
    desk.download_thread.fetch("mnist")
    assert "without the internet" in desk.over().problem


def test_a_bug_is_told(tmp_path):
    def broken(_name, _progress, *, asking):
        raise RuntimeError("a bug")

    mailbox = Mailbox()
    download_thread = DownloadThread(broken, mailbox)
    download_thread.fetch("mnist")
    assert download_thread.stop(5)
    over, failure = mailbox.take_event(), mailbox.take_event()
    assert "RuntimeError" in over.problem
    assert "a bug" in failure.details
