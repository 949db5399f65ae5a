"""A program for a process of its own: nnviz as it is started, which hands over its window."""

STARTED = """
from PySide6.QtCore import QTimer
from nnviz import app

built, build = [], app.build

def remember(*arguments, **options):
    built.append(build(*arguments, **options))
    return built[0]

def wait():
    window = built[0].window if built else None
    if window is None or window.snapshot is None:
        QTimer.singleShot(20, wait)
    else:
        begin(window)

app.build = remember
app.qt_application()
QTimer.singleShot(20, wait)
"""
"""The beginning of the program; it calls `begin(window)`, which the rest has to define."""
