import errno
import hashlib
import shutil
import socket
from collections import namedtuple
from pathlib import Path

import numpy as np
import pytest
from filelock import FileLock

from nnviz.data import download, mirrors
from nnviz.data.dataset import DataError
from nnviz.data.download import fetch
from nnviz.data.published import FASHION_MNIST, MNIST, RELEASES, PublishedFile, Release
from tests.data.mirror_server import mirrors as play

NAMES = ("train-images-idx3-ubyte.gz", "t10k-labels-idx1-ubyte.gz")
CONTENT = {
    name: b"\x1f\x8b" + np.random.default_rng(place).bytes(size)
    for place, (name, size) in enumerate(zip(NAMES, (300_000, 4_000), strict=True))
}
BIG, SMALL = (CONTENT[name] for name in NAMES)


@pytest.fixture(autouse=True)
def plain_network(monkeypatch):
    """No proxy of this machine, and no patience."""
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.setattr(mirrors, "TIMEOUT", 0.4)


@pytest.fixture
def stage():
    with play(dict(CONTENT)) as stage:
        yield stage


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "data" / "mnist"


def release(stage, *manners, files=NAMES):
    published = tuple(
        PublishedFile(name, len(CONTENT[name]), hashlib.sha256(CONTENT[name]).hexdigest())
        for name in files
    )
    return Release("Test-MNIST", published, tuple(stage.mirror(manner) for manner in manners))


def complaint(*arguments):
    with pytest.raises(DataError) as caught:
        fetch(*arguments)
    text = str(caught.value)
    assert "\n" not in text
    assert text.endswith(".")
    return text


def whole(folder):
    return {path.name: path.read_bytes() for path in folder.glob("*ubyte.gz")} == CONTENT


def parts(folder):
    return {path.name: path.stat().st_size for path in folder.glob("*.part")}


def keep_part(folder, content, name=NAMES[0]):
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.part").write_bytes(content)


# -- what works ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "manner",
    ["good", "no-range", "chunked", "moved", "moved-twice", "slow", "cut-once", "range-416"],
)
def test_a_mirror_that_delivers(stage, folder, manner):
    assert fetch(release(stage, manner), folder) == 2
    assert whole(folder)
    assert not parts(folder)


def test_what_is_there_is_not_fetched_again(stage, folder):
    assert fetch(release(stage, "good"), folder) == 2
    asked = len(stage.asked)
    assert fetch(release(stage, "good"), folder) == 0
    assert len(stage.asked) == asked


def test_progress_rises_to_the_end(stage, folder):
    told = []
    fetch(release(stage, "good"), folder, lambda part, word: told.append((part, word)))
    shares = [part for part, _ in told]
    assert shares == sorted(shares)
    assert shares[-1] == 1
    assert told[0][1].startswith("train-images-idx3-ubyte.gz, 0.")
    assert told[0][1].endswith(" of 0.3 MB")


def test_a_part_is_gone_on_with(stage, folder):
    keep_part(folder, BIG[:200_000])
    fetch(release(stage, "good"), folder)
    assert whole(folder)
    assert stage.asked[0] == ("good", NAMES[0], "bytes=200000-")
    assert stage.sent == len(BIG) - 200_000 + len(SMALL)


def test_a_mirror_without_parts_starts_over(stage, folder):
    keep_part(folder, BIG[:200_000])
    fetch(release(stage, "no-range"), folder)
    assert whole(folder)
    assert stage.sent == len(BIG) + len(SMALL)


def test_a_wrong_part_is_thrown_away_and_fetched_anew(stage, folder):
    keep_part(folder, bytes(200_000))
    fetch(release(stage, "good"), folder)
    assert whole(folder)


@pytest.mark.parametrize("content", [BIG, BIG + b"more", bytes(len(BIG))])
def test_a_part_that_is_as_long_as_the_file_or_longer(stage, folder, content):
    keep_part(folder, content)
    fetch(release(stage, "good"), folder)
    assert whole(folder)
    assert (stage.sent < len(BIG)) == (content == BIG)


@pytest.mark.parametrize("manner", ["range-416", "wrong-range"])
def test_a_part_that_the_mirror_does_not_go_on_from(stage, folder, manner):
    keep_part(folder, BIG[:200_000])
    fetch(release(stage, manner, "good"), folder)
    assert whole(folder)


def test_a_broken_connection_is_taken_up_where_it_broke(stage, folder):
    fetch(release(stage, "cut-once"), folder)
    assert whole(folder)
    assert stage.asked[1] == ("cut-once", NAMES[0], f"bytes={len(BIG) // 2}-")
    assert stage.sent == len(BIG) + len(SMALL)


def test_cancelling_keeps_what_has_arrived(stage, folder):
    class CancelledError(Exception):
        pass

    def cancel(part, _word):
        if part > 0.3:
            raise CancelledError

    with pytest.raises(CancelledError):
        fetch(release(stage, "good"), folder, cancel)
    kept = parts(folder)[f"{NAMES[0]}.part"]
    assert 0.3 * len(BIG) < kept < len(BIG)
    assert not list(folder.glob("*ubyte.gz"))
    fetch(release(stage, "good"), folder)
    assert whole(folder)
    assert stage.asked[1] == ("good", NAMES[0], f"bytes={kept}-")


BAD = {
    "404": "127.0.0.1 answers 404 Not Found",
    "503": "answers 503 Service Unavailable",
    "407": "this network's proxy asks for a name and a password",
    "511": "this network asks you to sign in first",
    "page": "answers with a web page instead of the file",
    "page-in-disguise": "sends a web page instead of the file",
    "proxy": "has a file of 727 bytes where 300002 are expected",
    "wrong-size": "has a file of 300007 bytes",
    "wrong-hash": "sends other bytes than the published ones",
    "endless": "sends more than the file's bytes",
    "truncating": "stops after",
    "cut": "stops after",
    "bad-chunks": "does not speak proper http",
    "rubbish": "does not speak proper http",
    "loop": "only sends on from address to address",
    "moved-to-file": "sends on to a broken address",
    "moved-nowhere": "sends on to a broken address",
    "moved-to-rubbish": "sends on to a broken address",
    "silent": "does not answer",
    "stalling": "does not answer",
}


@pytest.mark.parametrize("manner", BAD)
def test_a_bad_mirror_is_one_sentence_and_leaves_no_data(stage, folder, manner):
    text = complaint(release(stage, manner), folder)
    assert BAD[manner] in text
    assert str(folder) in text
    assert not list(folder.glob("*ubyte.gz"))


@pytest.mark.parametrize("manner", BAD)
def test_after_a_bad_mirror_the_next_one_is_asked(stage, folder, manner):
    fetch(release(stage, manner, "good"), folder)
    assert whole(folder)
    # The one that delivered is asked first for the second file.
    assert [asked for asked, name, _ in stage.asked if name == NAMES[1]] == ["good"]


@pytest.mark.parametrize("manner", ["cut", "truncating", "stalling"])
def test_the_next_mirror_goes_on_where_the_last_one_stopped(stage, folder, manner):
    fetch(release(stage, manner, "good"), folder)
    first = next(span for asked, _, span in stage.asked if asked == "good")
    assert first is not None


def test_a_hopelessly_slow_mirror_is_given_up(stage, folder, monkeypatch):
    monkeypatch.setattr(mirrors, "PATIENCE", 0.2)
    monkeypatch.setattr(download, "TRIES", 1)
    assert "sends hardly anything" in complaint(release(stage, "dripping"), folder)


def test_a_redirect_that_never_ends_asks_only_a_few_times(stage, folder):
    complaint(release(stage, "loop", files=NAMES[:1]), folder)
    assert len(stage.asked) == mirrors.REDIRECTS + 1


def test_no_redirect_leads_from_https_down_to_http():
    for target in ("http://127.0.0.1/x", "HTTP://127.0.0.1/x", "//h/../x"):
        if target.startswith("//"):
            assert mirrors._next("https://a/b", target, "a") == "https://h/../x"
            continue
        with pytest.raises(mirrors.MirrorError, match="from https to unprotected http"):
            mirrors._next("https://a/b", target, "a")
    assert mirrors._next("http://a/b/c", "https://d/e", "a") == "https://d/e"


def test_words_of_a_mirror_are_shown_only_where_they_are_harmless():
    assert mirrors._plain("Not\x1b[31m Found\r\n" + 200 * "!") == "Not[31m Found" + 67 * "!"


# -- no network ---------------------------------------------------------------------------------


def test_without_a_network_it_says_so(folder, monkeypatch):
    def lookup(*_args, **_kwargs):
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", lookup)
    text = complaint(MNIST, folder)
    assert "MNIST cannot be fetched without the internet" in text
    assert "ossci-datasets.s3.amazonaws.com is not found" in text
    assert "storage.googleapis.com is not found" in text
    assert "connect and try again" in text


def test_a_port_nobody_listens_on(stage, folder):
    with socket.socket() as spare:
        spare.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{spare.getsockname()[1]}/"
        text = complaint(Release("T", release(stage, "x").files, (address,)), folder)
    assert "refuses the connection" in text


@pytest.mark.parametrize(
    ("problem", "says"),
    [
        (OSError(errno.ENETUNREACH, "Network is unreachable"), "Network is unreachable"),
        (ConnectionResetError(104, "reset"), "breaks the connection off"),
        (mirrors.ssl.SSLCertVerificationError(1, "self-signed"), "does not trust"),
        (OSError("Tunnel connection failed: 407 Proxy Authentication Required"), "Tunnel"),
    ],
)
def test_other_troubles_of_the_network(folder, monkeypatch, problem, says):
    def connect(*_args, **_kwargs):
        raise problem

    monkeypatch.setattr(socket, "create_connection", connect)
    assert says in complaint(MNIST, folder)


# -- the disk -----------------------------------------------------------------------------------


def test_a_folder_that_cannot_be_made(stage, tmp_path):
    (tmp_path / "file").write_bytes(b"")
    assert "cannot be made" in complaint(release(stage, "good"), tmp_path / "file" / "mnist")


def test_too_little_room_is_told_before_anything_is_sent(stage, folder, monkeypatch):
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: usage(9, 9, 100_000))
    text = complaint(release(stage, "good"), folder)
    assert "has 0.1 MB left where Test-MNIST needs 0.3 MB: free some space" in text
    assert not stage.asked


@pytest.mark.parametrize(
    ("code", "says"),
    [
        (errno.ENOSPC, "the disk is full: free some space"),
        (errno.EROFS, "the disk is read-only: choose another folder"),
        (errno.EACCES, "you may not write there"),
        (errno.EIO, "check the disk"),
    ],
)
def test_a_disk_that_refuses_is_one_sentence_and_no_second_mirror(
    stage, folder, monkeypatch, code, says
):
    original = Path.open

    def refusing(path, mode="r", *arguments, **options):
        if path.suffix == ".part":
            raise OSError(code, "Nope")
        return original(path, mode, *arguments, **options)

    monkeypatch.setattr(Path, "open", refusing)
    assert says in complaint(release(stage, "good", "good"), folder)
    assert len(stage.asked) == 1


def test_a_disk_that_fills_up_on_the_way(stage, folder, monkeypatch):
    original = download._Fetching._opened

    class Full:
        def __init__(self, file):
            self.file = file

        def write(self, piece):
            raise OSError(errno.ENOSPC, "No space left on device")

    @download.contextmanager
    def full(self, start):
        with original(self, start) as file:
            yield Full(file)

    monkeypatch.setattr(download._Fetching, "_opened", full)
    assert "the disk is full" in complaint(release(stage, "good", "good"), folder)
    assert not list(folder.glob("*ubyte.gz"))


def test_somebody_else_s_file_is_not_overwritten(stage, folder):
    folder.mkdir(parents=True)
    (folder / NAMES[0]).write_bytes(b"my own")
    assert "move it elsewhere" in complaint(release(stage, "good"), folder)
    assert (folder / NAMES[0]).read_bytes() == b"my own"


def test_two_at_once_do_not_mix(stage, folder):
    folder.mkdir(parents=True)
    with FileLock(folder / ".fetching.lock"):
        assert "by another nnviz already" in complaint(release(stage, "good"), folder)
    fetch(release(stage, "good"), folder)


# -- the table ----------------------------------------------------------------------------------


def test_every_release_is_complete():
    assert RELEASES == (MNIST, FASHION_MNIST)
    for known in RELEASES:
        assert [file.part for file in known.files] == [
            "train-images",
            "train-labels",
            "t10k-images",
            "t10k-labels",
        ]
        assert all(len(file.sha256) == 64 for file in known.files)
        assert all(address.endswith("/") for address in known.mirrors)
    assert all(address.startswith("https:") for address in MNIST.mirrors)
