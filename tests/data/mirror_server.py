"""A real HTTP server on loopback that plays every kind of mirror, good and bad.

The first part of a path is the mirror's manner, the rest the file's name.
"""

import re
import threading
import time
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PAGE = b"<!DOCTYPE html><html><body>Please sign in to Hotel WiFi</body></html>"


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        manner, _, name = self.path.lstrip("/").partition("/")
        stage = self.server.stage
        stage.asked.append((manner, name, self.headers.get("Range")))
        self.close_connection = True
        with suppress(BrokenPipeError, ConnectionResetError):
            getattr(self, f"play_{manner.replace('-', '_')}")(stage.files.get(name, b""), name)

    # -- manners ----------------------------------------------------------------------------------

    def play_good(self, content, _name):
        start = self.wanted()
        if start >= len(content):
            return self.head(416, 0)
        if start:
            span = f"bytes {start}-{len(content) - 1}/{len(content)}"
            self.head(206, len(content) - start, ("Content-Range", span))
        else:
            self.head(200, len(content))
        return self.send(content[start:])

    def play_no_range(self, content, _name):
        self.head(200, len(content))
        self.send(content)

    def play_chunked(self, content, _name):
        self.head(200, None, ("Transfer-Encoding", "chunked"))
        self.wfile.write(b"%x\r\n%b\r\n0\r\n\r\n" % (len(content), content))

    def play_bad_chunks(self, content, _name):
        self.head(200, None, ("Transfer-Encoding", "chunked"))
        self.wfile.write(b"zz\r\n" + content)

    def play_cut(self, content, _name):
        """Half of what is left, then the line goes dead."""
        start = self.wanted()
        rest = content[start:]
        if start:
            span = f"bytes {start}-{len(content) - 1}/{len(content)}"
            self.head(206, len(rest), ("Content-Range", span))
        else:
            self.head(200, len(rest))
        self.send(rest[: len(rest) // 2])

    def play_cut_once(self, content, name):
        if len([1 for manner, asked, _ in self.server.stage.asked if asked == name]) > 1:
            return self.play_good(content, name)
        return self.play_cut(content, name)

    def play_truncating(self, content, _name):
        """A whole reply, as far as http goes, but no whole file."""
        self.head(200, None)
        self.send(content[: len(content) // 2])

    def play_endless(self, content, _name):
        self.head(200, None)
        self.send(content)
        for _ in range(200):
            self.send(bytes(1 << 16))

    def play_wrong_hash(self, content, _name):
        self.head(200, len(content))
        self.send(content[:-1] + bytes([content[-1] ^ 1]))

    def play_wrong_size(self, content, _name):
        self.head(200, len(content) + 5)
        self.send(content + b"extra")

    def play_wrong_range(self, content, name):
        if not self.wanted():
            return self.play_cut(content, name)
        self.head(206, len(content), ("Content-Range", f"bytes 0-{len(content) - 1}/*"))
        return self.send(content)

    def play_range_416(self, content, name):
        if not self.wanted():
            return self.play_good(content, name)
        return self.head(416, 0)

    def play_page(self, _content, _name):
        self.head(200, len(PAGE), ("Content-Type", "text/html; charset=utf-8"))
        self.send(PAGE)

    def play_page_in_disguise(self, _content, _name):
        self.head(200, None, ("Content-Type", "application/gzip"))
        self.send(PAGE)

    def play_proxy(self, _content, _name):
        self.head(200, 727, ("Content-Type", "application/octet-stream"))
        self.send(b"Access denied".ljust(727))

    def play_404(self, _content, _name):
        self.head(404, 0)

    def play_503(self, _content, _name):
        self.head(503, len(PAGE), ("Content-Type", "text/html"))
        self.send(PAGE)

    def play_407(self, _content, _name):
        self.head(407, 0)

    def play_511(self, _content, _name):
        self.head(511, 0)

    def play_loop(self, _content, name):
        self.head(302, 0, ("Location", f"/loop/{name}"))

    def play_moved(self, _content, name):
        self.head(301, 0, ("Location", f"../good/{name}"))

    def play_moved_twice(self, _content, name):
        self.head(307, 0, ("Location", f"/moved/{name}"))

    def play_moved_to_file(self, _content, _name):
        self.head(302, 0, ("Location", "file:///etc/hostname"))

    def play_moved_nowhere(self, _content, _name):
        self.head(302, 0)

    def play_moved_to_rubbish(self, _content, _name):
        self.head(302, 0, ("Location", "http://[broken"))

    def play_rubbish(self, _content, _name):
        self.wfile.write(b"\x00\x01SSH-2.0-hello\r\n\r\n")

    def play_silent(self, _content, _name):
        self.server.stage.over.wait(20)

    def play_stalling(self, content, _name):
        """Some of it, then silence on an open line."""
        self.head(200, len(content))
        self.send(content[: len(content) // 2])
        self.wfile.flush()
        self.server.stage.over.wait(20)

    def play_dripping(self, content, _name):
        self.head(200, len(content))
        for byte in content:
            self.send(bytes([byte]))
            self.wfile.flush()
            time.sleep(0.01)

    def play_slow(self, content, _name):
        """Slow, but it gets there."""
        self.head(200, len(content))
        for start in range(0, len(content), 30_000):
            self.send(content[start : start + 30_000])
            time.sleep(0.01)

    # -- helpers ----------------------------------------------------------------------------------

    def wanted(self):
        span = re.fullmatch(r"bytes=(\d+)-", self.headers.get("Range") or "")
        return int(span[1]) if span else 0

    def head(self, status, length, *more):
        self.send_response(status)
        if length is not None:
            self.send_header("Content-Length", str(length))
        for name, value in more:
            self.send_header(name, value)
        self.end_headers()

    def send(self, content):
        self.server.stage.sent += len(content)  # before the other side can know that it has it
        self.wfile.write(content)

    def log_message(self, *_args):
        pass


class Server(ThreadingHTTPServer):
    daemon_threads = False

    def handle_error(self, *_args):
        pass


class Stage:
    """The running server: which files it has, what it was asked for, how many bytes it sent."""

    def __init__(self, files):
        self.files, self.asked, self.sent = files, [], 0
        self.over = threading.Event()
        self.base = ""

    def mirror(self, manner):
        return f"{self.base}/{manner}/"


@contextmanager
def mirrors(files):
    """Run the server for as long as the block lasts."""
    stage = Stage(files)
    with Server(("127.0.0.1", 0), Handler) as server:
        server.stage = stage
        stage.base = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield stage
        finally:
            stage.over.set()
            server.shutdown()
            thread.join()
