"""Who holds this process's memory: its pages, what malloc keeps, Python, arrays and pictures.

The kernel tells of every mapping what is in memory of it, glibc how much of its arenas lies
free, tracemalloc which module asked for what Python and NumPy hold, Qt how large its pictures
are. What is left of malloc's and of the large anonymous mappings belongs to libraries that ask
for memory themselves: Qt, Mesa, fonts.
"""

import ctypes
import gc
import os
import tempfile
import tracemalloc
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QApplication, QGraphicsPixmapItem, QLabel

MEGA = 2**20
ARENA = 64 * MEGA
"""Where glibc's arenas, other than the first, begin: at multiples of this."""
LIBRARIES = {
    "Mesa and LLVM": ("libLLVM", "gallium", "swrast", "libGL", "libEGL", "glapi", "libdrm"),
    "Qt and PySide6": ("PySide6", "shiboken6", "libQt6"),
    "NumPy and OpenBLAS": ("numpy", "openblas", "gfortran"),
    "Python": ("python3", "libpython"),
}


def resident() -> float:
    """Megabytes in memory of this process and those it has begun, what they share counted once."""
    own = _pages("self", 1)
    children = Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()
    for task in Path("/proc/self/task").iterdir():
        children += [] if task.name == str(os.getpid()) else (task / "children").read_text().split()
    # Of a child only what it does not share: its third figure is what comes from files.
    own += sum(_pages(child, 1) - _pages(child, 2) for child in children)
    return own * os.sysconf("SC_PAGE_SIZE") / MEGA


def _pages(process: str, figure: int) -> int:
    return int(Path(f"/proc/{process}/statm").read_text().split()[figure])


def pages() -> Counter[str]:
    """Bytes in memory by kind of mapping."""
    found: Counter[str] = Counter()
    kind = ""
    end = 0
    for line in Path("/proc/self/smaps").read_text().splitlines():
        head, _, rest = line.partition(" ")
        if not head.endswith(":"):
            place, name = head, rest.split(maxsplit=4)[4:]
            begin, stop = (int(part, 16) for part in place.split("-"))
            follows = begin == end and kind == "arenas of malloc"
            kind, end = _kind(begin, name[0] if name else "", follows=follows), stop
        elif head == "Rss:":
            found[kind] += 1024 * int(rest.split()[0])
    return found


def _kind(begin: int, name: str, *, follows: bool) -> str:
    if name == "[heap]":
        return "arenas of malloc"
    if name.startswith("[stack"):
        return "other anonymous mappings"
    if name.startswith(("/SYSV", "/memfd", "/dev/shm", "/dev/zero")):
        return "shared memory (pictures on their way to the screen)"
    if name.startswith("/"):
        for kind, parts in LIBRARIES.items():
            if any(part in name for part in parts):
                return f"files: {kind}"
        return "files: other libraries, fonts"
    if not name and (follows or begin % ARENA == 0):
        return "arenas of malloc"
    return "other anonymous mappings"


def malloc() -> dict[str, float]:
    """Bytes that glibc's malloc has in its arenas, and how much of them is free but held."""
    libc = ctypes.CDLL(None)
    if not hasattr(libc, "malloc_info"):
        return {}
    libc.fopen.restype = ctypes.c_void_p
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "malloc.xml"
        stream = ctypes.c_void_p(libc.fopen(str(path).encode(), b"w"))
        libc.malloc_info(0, stream)
        libc.fclose(stream)
        root = ElementTree.fromstring(path.read_text())
    sizes = {(part.tag, part.get("type")): float(part.get("size", 0)) for part in root}
    counts = {(part.tag, part.get("type")): float(part.get("count", 0)) for part in root}
    return {
        "arenas": len(root.findall("heap")),
        "in arenas": sizes["system", "current"],
        "free": sizes["total", "fast"] + sizes["total", "rest"],
        "mapped one by one": sizes["total", "mmap"],
        "mappings": counts["total", "mmap"],
    }


def traced() -> tuple[Counter[str], Counter[str]]:
    """Bytes that tracemalloc knows of: of Python objects and of NumPy arrays, by module."""
    objects: Counter[str] = Counter()
    arrays: Counter[str] = Counter()
    for trace in tracemalloc.take_snapshot().traces:
        into = arrays if trace.domain == np.lib.tracemalloc_domain else objects
        into[_module(trace.traceback)] += trace.size
    return objects, arrays


def _module(traceback: tracemalloc.Traceback) -> str:
    """Return the innermost module of nnviz, else the package that asked."""
    for place in range(len(traceback) - 1, -1, -1):
        name = traceback[place].filename
        if "/nnviz/" in name:
            return name.rpartition("/nnviz/")[2]
        if name.startswith("<frozen importlib"):
            return "(code, loaded by imports)"
    _, _, package = traceback[-1].filename.rpartition("site-packages/")
    return f"({package.split('/')[0]})"


def pictures() -> Counter[str]:
    """Bytes of the pixmaps and images that Python holds or that scenes and labels show."""
    found: Counter[str] = Counter()
    seen: set[int] = set()

    def count(kind: str, picture: QPixmap | QImage) -> None:
        if picture.isNull() or picture.cacheKey() in seen:
            return
        seen.add(picture.cacheKey())
        found[kind] += picture.width() * picture.height() * picture.depth() // 8

    for thing in _things():
        if isinstance(thing, QPixmap):
            count("pixmaps", thing)
        elif isinstance(thing, QImage):
            count("images", thing)
        elif isinstance(thing, QGraphicsPixmapItem | QLabel):
            count("pixmaps", thing.pixmap())
    for window in QApplication.topLevelWindows():
        if window.isVisible():
            found["backing stores of windows"] += 4 * window.width() * window.height()
    return found


def _things() -> Iterator[object]:
    """Every object of the collector, and what their dictionaries and slots hold of Qt."""
    for thing in gc.get_objects():
        yield thing
        if str(type(thing).__module__).startswith("nnviz"):
            for held in gc.get_referents(thing):
                yield held
                if isinstance(held, dict):
                    yield from held.values()
                elif isinstance(held, list | tuple):
                    yield from held


def owners() -> Iterator[str]:
    """Yield lines of the table, in megabytes."""
    gc.collect()
    kinds, arenas, shown = pages(), malloc(), pictures()
    yield f"{sum(kinds.values()) / MEGA:7.1f} MB in memory, of which"
    yield from _lines(kinds)
    if arenas:
        yield (
            f"malloc: {arenas['arenas']:.0f} arenas of {arenas['in arenas'] / MEGA:.1f} MB, "
            f"{arenas['free'] / MEGA:.1f} MB of them free but held; {arenas['mappings']:.0f} large "
            f"pieces mapped one by one, {arenas['mapped one by one'] / MEGA:.1f} MB"
        )
    yield "pictures of Qt:"
    yield from _lines(shown)
    if tracemalloc.is_tracing():
        objects, arrays = traced()
        yield f"{sum(arrays.values()) / MEGA:7.1f} MB of NumPy arrays, asked for in"
        yield from _lines(arrays)
        yield f"{sum(objects.values()) / MEGA:7.1f} MB of Python objects, asked for in"
        yield from _lines(objects)
        yield f"{tracemalloc.get_tracemalloc_memory() / MEGA:7.1f} MB for tracing that"
        known = sum(objects.values()) + sum(arrays.values()) + tracemalloc.get_tracemalloc_memory()
        anonymous = kinds["arenas of malloc"] + kinds["other anonymous mappings"]
        rest = anonymous - known - arenas.get("free", 0.0)
        yield f"{rest / MEGA:7.1f} MB anonymous, not free, and of neither: Qt, Mesa, fonts"


def _lines(sizes: Counter[str], most: int = 14, least: float = 0.4 * MEGA) -> Iterator[str]:
    rest = 0
    for place, (name, size) in enumerate(sizes.most_common()):
        if place < most and size >= least:
            yield f"  {size / MEGA:7.1f}  {name}"
        else:
            rest += size
    if rest:
        yield f"  {rest / MEGA:7.1f}  all others"
