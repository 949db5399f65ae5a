"""Downloads: asks once before a published data set is fetched, then shows how far it is.

The dialog stops nothing: training goes on, and closing it leaves the download
running; the data menu brings it back.
"""

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from nnviz.data.catalogue import FETCHABLE, home
from nnviz.data.published import Release
from nnviz.messages.data_commands import CancelFetch, FetchData
from nnviz.messages.events import Downloading, DownloadOver
from nnviz.messages.ports import Ports
from nnviz.numbers import fixed
from nnviz.views.palette import DARK, Theme
from nnviz.views.shared.front import come_over, front_of, theme_of, within
from nnviz.views.shared.named import named

WIDTH = 460
"""Width of the dialog's words at a factor of 1."""
STEPS = 1000
"""Positions of the progress bar."""


def megabytes(release: Release) -> str:
    """Say how large a data set is to download."""
    return f"{fixed(release.size / 1e6, 0)} MB"


class Downloads(QObject):
    """Joins the dialog to the data menu and to the thread that fetches.

    Attributes:
        running: the data set that is being fetched, or empty.

    Signals:
        data_chosen(str): train on this data set.
    """

    data_chosen = Signal(str)

    def __init__(self, window: QWidget, ports: Ports) -> None:
        super().__init__(window)
        self._window, self._ports = window, ports
        self._dialog: DownloadDialog | None = None
        self._theme = DARK
        self.running = ""
        ports.on(Downloading, self.show_progress)
        ports.on(DownloadOver, self.show_over)

    def set_theme(self, theme: Theme) -> None:
        """Take on other sizes."""
        self._theme = theme
        if self._dialog is not None and self._dialog.parentWidget() is self._window:
            self._dialog.set_theme(theme)

    def offer(self, name: str) -> None:
        """Ask whether a data set is to be fetched; one on its way is shown instead."""
        dialog, front = self._dialog, front_of(self._window)
        if dialog is None or (dialog.name != name and not self.running):
            if dialog is not None:
                dialog.deleteLater()
            theme = theme_of(front, self._theme)
            dialog = self._dialog = DownloadDialog(name, FETCHABLE[name], theme, front)
            dialog.wanted.connect(self._begin)
            dialog.cancelled.connect(lambda: self._ports.send(CancelFetch()))
            dialog.used.connect(self.data_chosen)
        elif not self.running:
            dialog.ask()
        come_over(dialog, front, self._theme)

    def _begin(self, name: str) -> None:
        self.running = name
        self._ports.send(FetchData(name))

    def show_progress(self, told: Downloading) -> None:
        """Show how far a download is."""
        if self._dialog is not None and told.name == self._dialog.name == self.running:
            self._dialog.show_progress(told)

    def show_over(self, over: DownloadOver) -> None:
        """Show how a download has ended; the dialog comes back where it was closed."""
        self.running = ""
        dialog = self._dialog
        if dialog is not None and over.name == dialog.name:
            dialog.show_over(over)
            if not over.cancelled:
                come_over(dialog, front_of(self._window), self._theme)


class DownloadDialog(QDialog):
    """One data set: what it is, how far it is, what can be done.

    Attributes:
        name: the data set as the table calls it.
        state: "asking", "running", "stopping", "failed" or "done".

    Signals:
        wanted(str): fetch it.
        cancelled(): fetch it no more.
        used(str): train on it.
    """

    wanted = Signal(str)
    cancelled = Signal()
    used = Signal(str)

    def __init__(self, name: str, release: Release, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("download")
        self.setWindowTitle(f"Download {release.title}")
        self.setModal(False)
        self.name, self._release = name, release
        self.state = "asking"
        self.words = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.bar = QProgressBar(maximum=STEPS, textVisible=False)
        self.amount = named(QLabel(" "), "Dim")
        self.yes, self.no = named(QPushButton(default=True), "Primary"), QPushButton()
        self.yes.clicked.connect(self._agree)
        self.no.clicked.connect(self._refuse)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.no)
        row.addWidget(self.yes)
        self._box = QVBoxLayout(self)
        for part in (self.words, self.bar, self.amount):
            self._box.addWidget(part)
        self._box.addLayout(row)
        self.set_theme(theme)
        self.ask()

    def set_theme(self, theme: Theme) -> None:
        """Follow the scale."""
        space = theme.scale.space
        beside = 2 * space(20)
        self._width = within(self.parentWidget(), space(WIDTH) + beside, 0).width() - beside
        self.words.setMinimumWidth(self._width)
        self._box.setContentsMargins(space(20), space(18), space(20), space(16))
        self._box.setSpacing(space(10))
        self._fit_words()

    def _fit_words(self) -> None:
        # The words' height follows from their width: a dialog does not ask for it by itself.
        width = max(self.words.width(), self._width)
        self.words.setMinimumHeight(max(self.words.heightForWidth(width), 0))
        self.adjustSize()

    def ask(self) -> None:
        """Say what would be fetched, how large it is, from where and where to."""
        release, folder = self._release, home(self.name)
        from nnviz.data.mirrors import host_of  # what speaks to the net is imported when asked for

        hosts = " or ".join(host_of(mirror) for mirror in release.mirrors)
        text = (
            f"Download {release.title}, {megabytes(release)} in {len(release.files)} files?\n\n"
            f"From: {hosts}\nTo: {folder}\n\n"
        )
        if any(mirror.startswith("http:") for mirror in release.mirrors):
            text += (
                "It comes over plain HTTP: every file's published SHA-256 is checked, and that is "
                "its only protection. "
            )
        else:
            text += "Every file's published SHA-256 is checked. "
        text += "Training goes on meanwhile, and what was interrupted goes on where it stopped."
        self._show("asking", text, "Download", "Not now")

    def show_progress(self, told: Downloading) -> None:
        """Show how far it is."""
        if self.state == "running":
            self.bar.setValue(round(STEPS * told.fraction))
            self.amount.setText(f"{told.text}, from {told.host}")
            whole = self._release.size
            here = f"{fixed(told.fraction * whole / 1e6, 1)} of {fixed(whole / 1e6, 1)} MB"
            self.words.setText(f"Downloading {self._release.title}: {here}.")

    def show_over(self, over: DownloadOver) -> None:
        """Show that it is there, or why not."""
        title = self._release.title
        if over.cancelled:
            self._show(
                "failed",
                f"The download of {title} was cancelled. What has arrived is kept: it goes on "
                "from there.",
                "Go on",
                "Close",
            )
        elif over.problem:
            self._show("failed", over.problem, "Try again", "Close")
        else:
            self.bar.setValue(STEPS)
            self._show(
                "done",
                f"{title} is here, every file with the published SHA-256. Start a new run with it?",
                "Use it now",
                "Later",
            )

    def _show(self, state: str, text: str, yes: str, no: str) -> None:
        self.state = state
        self.words.setText(text)
        self.yes.setText(yes)
        self.yes.setVisible(bool(yes))
        self.no.setText(no)
        self.no.setEnabled(state != "stopping")
        busy = state in ("running", "stopping")
        self.bar.setVisible(busy)
        self.amount.setVisible(busy)
        self._fit_words()

    def _agree(self) -> None:
        if self.state == "done":
            self.hide()
            self.used.emit(self.name)
            return
        self._show("running", f"Asking for {self._release.title}…", "", "Cancel")
        self.amount.setText(" ")
        self.wanted.emit(self.name)

    def _refuse(self) -> None:
        if self.state == "running":
            self._show("stopping", "Stopping; what has arrived is kept…", "", "Cancel")
            self.cancelled.emit()
        else:
            self.hide()
