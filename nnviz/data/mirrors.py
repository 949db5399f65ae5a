"""One request to one mirror: where it leads, whether it is the file, and its bytes.

The network is trusted with nothing. Redirects are followed a few times, never
from https down to http; a reply that cannot be the file (an error, a web page,
another size) is refused before its body is read; one that dries up is given up.
Whatever goes wrong is a `MirrorError` that says so in words.
"""

import errno
import re
import socket
import ssl
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPException, HTTPResponse
from typing import TypeVar
from urllib.error import URLError
from urllib.parse import urljoin, urlsplit
from urllib.request import HTTPHandler, HTTPSHandler, OpenerDirector, ProxyHandler, Request

import truststore

from nnviz import __version__
from nnviz.dataclass import dataclass

TIMEOUT = 15.0
"""Most seconds to wait for a mirror to say anything at all."""

PATIENCE = 20.0
"""Seconds over which the speed is looked at."""

SLOWEST = 512
"""Bytes a second, over `PATIENCE`, below which a mirror is given up."""

CHUNK = 1 << 16
REDIRECTS = 5
"""Most redirects that are followed."""

_T = TypeVar("_T")

_MOVED = {301, 302, 303, 307, 308}
_WHOLE, _PARTIAL, _BEYOND, _PROXY_WANTS_NAME, _SIGN_IN = 200, 206, 416, 407, 511


class MirrorError(Exception):
    """This mirror does not deliver; the text says why and begins with the host's name.

    Attributes:
        unreachable: True where the host could not be talked to at all.
    """

    def __init__(self, text: str, *, unreachable: bool = False) -> None:
        super().__init__(text)
        self.unreachable = unreachable


class RangeRefusedError(MirrorError):
    """The mirror does not go on from that place; ask it for the whole file."""


@dataclass(frozen=True, slots=True, eq=False)
class Reply:
    """The beginning of a good answer.

    Attributes:
        start: the place in the file at which its bytes begin.
        host: who answers.
        response: the bytes.
    """

    start: int
    host: str
    response: HTTPResponse

    def pieces(self) -> Iterator[bytes]:
        """Yield the bytes as they come; ends where the connection ends.

        Raises:
            MirrorError: the connection breaks or is hopelessly slow.
        """
        begin, came = time.monotonic(), 0
        while piece := _spoken_to(self.host, lambda: self.response.read1(CHUNK)):
            yield piece
            came += len(piece)
            elapsed = time.monotonic() - begin
            if elapsed > PATIENCE:
                if came < SLOWEST * elapsed:
                    raise MirrorError(f"{self.host} sends hardly anything")
                begin, came = time.monotonic(), 0


@contextmanager
def request(url: str, start: int, size: int) -> Iterator[Reply]:
    """Ask a mirror for a file of so many bytes, of which `start` are there already.

    Yields:
        A reply that begins at `start`, or at 0 where the mirror cannot do parts.

    Raises:
        RangeRefusedError: there is no such part.
        MirrorError: the mirror cannot be reached or does not have the file.
    """
    opener = _opener()
    for _ in range(REDIRECTS + 1):
        host = host_of(url)
        with _open(opener, url, host, start) as response:
            if response.status not in _MOVED:
                yield Reply(_check(response, host, start, size), host, response)
                return
            url = _next(url, response.headers.get("Location"), host)
    raise MirrorError(f"{host} only sends on from address to address")


def _opener() -> OpenerDirector:
    """Return an opener for http and https that neither follows nor judges what it is told."""
    opener = OpenerDirector()
    # The system's own certificates: Python's are missing on macOS, and schools add theirs there.
    context = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    for handler in (ProxyHandler(), HTTPHandler(), HTTPSHandler(context=context)):
        opener.add_handler(handler)
    return opener


def _open(opener: OpenerDirector, url: str, host: str, start: int) -> HTTPResponse:
    headers = {"User-Agent": f"nnviz/{__version__}"}
    if start:
        headers["Range"] = f"bytes={start}-"
    response = _spoken_to(host, lambda: opener.open(Request(url, headers=headers), timeout=TIMEOUT))
    if not isinstance(response, HTTPResponse):
        raise MirrorError(f"{host} has no address that nnviz follows (only http and https)")
    return response


def _spoken_to(host: str, do: Callable[[], _T]) -> _T:
    """Do something with the network; what fails becomes a sentence about the host."""
    try:
        return do()
    except URLError as problem:
        if isinstance(problem.reason, OSError):
            raise _network_error(host, problem.reason) from problem
        raise MirrorError(f"{host} cannot be asked ({_plain(str(problem.reason))})") from problem
    except OSError as problem:
        raise _network_error(host, problem) from problem
    except (HTTPException, ValueError) as problem:
        raise MirrorError(f"{host} does not speak proper http") from problem


def _network_error(host: str, problem: OSError) -> MirrorError:
    match problem:
        case socket.gaierror():
            return MirrorError(f"{host} is not found", unreachable=True)
        case TimeoutError():
            return MirrorError(f"{host} does not answer", unreachable=True)
        case ConnectionRefusedError():
            return MirrorError(f"{host} refuses the connection", unreachable=True)
        case ssl.SSLCertVerificationError():
            return MirrorError(
                f"{host} shows a certificate that this computer does not trust (a filter in this "
                "network, or a wrong clock?)"
            )
        case ConnectionError():
            return MirrorError(f"{host} breaks the connection off")
    unreachable = problem.errno in (errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN)
    text = _plain(str(problem.strerror or problem))
    return MirrorError(f"{host} cannot be reached ({text})", unreachable=unreachable)


def host_of(url: str) -> str:
    """Return the host of an address, for people to read."""
    return _plain(urlsplit(url).hostname or "the mirror")


def _plain(text: str) -> str:
    """Keep what may be shown: a mirror's words go no further than one short line."""
    return "".join(letter for letter in text if letter.isprintable())[:80]


def _next(url: str, location: str | None, host: str) -> str:
    try:
        target = urljoin(url, location or "")
        old, new = urlsplit(url), urlsplit(target)
        hostname = new.hostname
    except ValueError as problem:
        raise MirrorError(f"{host} sends on to a broken address") from problem
    if not location or not hostname or new.scheme not in ("http", "https"):
        raise MirrorError(f"{host} sends on to a broken address")
    if (old.scheme, new.scheme) == ("https", "http"):
        raise MirrorError(f"{host} sends on from https to unprotected http")
    return target


def _check(response: HTTPResponse, host: str, start: int, size: int) -> int:
    """Return the place at which a reply begins; refuse one that cannot be the file."""
    status = response.status
    if status == _BEYOND and start:
        raise RangeRefusedError(f"{host} does not go on from byte {start}")
    if status == _PROXY_WANTS_NAME:
        raise MirrorError("this network's proxy asks for a name and a password")
    if status == _SIGN_IN:
        raise MirrorError("this network asks you to sign in first (open any page in a browser)")
    if status not in (_WHOLE, _PARTIAL):
        raise MirrorError(f"{host} answers {status} {_plain(response.reason)}".rstrip())
    if response.headers.get_content_type() in ("text/html", "application/xhtml+xml"):
        raise MirrorError(
            f"{host} answers with a web page instead of the file (does this network ask you to "
            "sign in first?)"
        )
    begin, whole = 0, response.headers.get("Content-Length")
    if status == _PARTIAL:
        span = re.fullmatch(
            r"bytes (\d{1,15})-(\d{1,15})/(\d{1,15}|\*)",
            response.headers.get("Content-Range", "").strip(),
        )
        if span is None or int(span[1]) != start:
            raise RangeRefusedError(f"{host} answers with another part than asked for")
        begin, whole = start, None if span[3] == "*" else span[3]
    if whole is not None and whole.strip() != str(size):
        raise MirrorError(f"{host} has a file of {_plain(whole)} bytes where {size} are expected")
    return begin
