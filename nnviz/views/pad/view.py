"""The drawing pad: draw, drop or paste a digit; see what the net makes of it, ask why, teach it.

Sheet, stages and bars stand in its base. Here is what else a class wants to do with a
drawing: bring pictures, put an earlier drawing back, ask which pixels spoke for the
answer, and say what it really is. A stroke on a picture begins a new drawing.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import ArrayLike
from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from nnviz.data.dataset import DataError, FloatArray
from nnviz.data.drawings import Kept
from nnviz.data.picture_inputs import picture_stages
from nnviz.engine.explain.pixels import explain_pixels
from nnviz.messages.data_commands import TeachDrawing
from nnviz.messages.events import (
    DrawingLearned,
    DrawingOffered,
    PictureChosen,
    PictureDropped,
)
from nnviz.messages.ports import Ports
from nnviz.messages.window_commands import OpenPanel
from nnviz.views.pad.earlier_drawings import EarlierDrawings
from nnviz.views.pad.gallery import Drawn, Entry, Gallery
from nnviz.views.pad.layout import PadLayout
from nnviz.views.pad.part import Array
from nnviz.views.pad.pictures import (
    FILTER,
    brings_picture,
    holds_picture,
    picture_of,
    read,
)
from nnviz.views.pad.reading import PICTURE, PadReading
from nnviz.views.pad.strokes import Sheet, fitted
from nnviz.views.pad.teach import TeachPopup
from nnviz.views.pad.why import WhyMap, WhyWords
from nnviz.views.palette import DARK, Theme
from nnviz.views.view import ViewSpec

DIGITS = tuple("0123456789")
"""Outputs of a net that can be told what a digit is."""
KEPT = 24
"""Most earlier drawings that are shown."""


class PadView(PadReading):
    """A pad whose drawing the network of the last snapshot reads.

    Signals:
        focus_wanted(object): the prepared picture, (784,) float32 read-only, that the network
            is to be shown with; None for its own example.
        sight_wanted(): the pad should be in front, since a picture is coming.
        teach_requested(int, object, object): what the drawing is said to be, its picture
            (28, 28) float32 read-only, and its strokes, a list of (points, 2) or (points, 3).
    """

    focus_wanted = Signal(object)
    sight_wanted = Signal()
    teach_requested = Signal(int, object, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAcceptDrops(True)
        self.why_map = WhyMap(self.canvas)
        self.why_words = WhyWords(self)
        self.gallery = Gallery(self)
        self.album = EarlierDrawings(self)
        self.popup = TeachPopup(self)
        self._drawings = Drawn()
        self._question: int | None = None  # the class asked about, where it is not the winner
        self._asking = ""  # "one" class, or "both" it and the next likely
        self.canvas.leaving.connect(lambda: self._keep(None))
        self.canvas.paste_wanted.connect(self.paste)
        self.bars.asked.connect(self.ask_why)
        self.tools.why.clicked.connect(self._ask_on)
        self.tools.teach.clicked.connect(self._open_popup)
        self.popup.chosen.connect(self.teach)
        for gallery in (self.gallery, self.album.gallery):
            gallery.picked.connect(self._put_back)
        self.drawn.connect(self._show_in_network)
        menu = self.tools.menu
        menu.addAction("Paste a picture", self.paste).setToolTip("Ctrl+V over the pad")
        menu.addAction("Open a picture…", self.open_picture)
        self._album_action = menu.addAction("Earlier drawings…", self._open_album)
        menu.addSeparator()
        self.in_network = menu.addAction("Show the drawing in the network")
        self.in_network.setCheckable(True)
        self.in_network.setChecked(True)
        self.in_network.toggled.connect(lambda _: self._show_in_network())
        self._gallery_changed()
        self.set_theme(DARK)
        self._answer()

    def join(self, ports: Ports) -> None:
        """Offer drawings to the network and teach them; take pictures and earlier drawings."""
        super().join(ports)
        self.focus_wanted.connect(lambda picture: ports.publish(DrawingOffered(picture)))
        self.teach_requested.connect(lambda *what: ports.send(TeachDrawing(*what)))
        self.sight_wanted.connect(lambda: ports.send(OpenPanel(SPEC.id)))
        ports.on(Kept, self._kept)
        ports.on(DrawingLearned, self._drawing_learned)
        ports.on(PictureChosen, self._picture_chosen)
        ports.on(PictureDropped, self._picture_dropped)

    def _kept(self, kept: Kept) -> None:
        newest = kept.drawings[: -KEPT - 1 : -1]
        self.show_kept([(one.label, one.image, one.strokes) for one in newest])

    def _drawing_learned(self, learned: DrawingLearned) -> None:
        self.show_taught(learned.label)

    def _picture_chosen(self, chosen: PictureChosen) -> None:
        self.sight_wanted.emit()
        self.open_path(chosen.path)

    def _picture_dropped(self, dropped: PictureDropped) -> None:
        if isinstance(dropped.content, QMimeData):
            self.sight_wanted.emit()
            self.take(dropped.content)

    def set_theme(self, theme: Theme) -> None:
        """Take on other colours; the sheet stays white on black."""
        super().set_theme(theme)
        for part in (self.why_map, self.why_words, self.gallery, self.album, self.popup):
            part.set_theme(theme)

    def _place(self, places: PadLayout) -> None:
        super()._place(places)
        self.why_map.setGeometry(self.canvas.rect())
        self.why_words.setGeometry(places.top)
        self.gallery.setGeometry(places.gallery)
        self.gallery.setVisible(not places.gallery.isEmpty())

    def _answer(self) -> None:
        super()._answer()
        snapshot = self._snapshot
        readable = snapshot is not None and snapshot.image_shape is not None
        answered = readable and self._preparation is not None and self._certain()
        teachable = (
            snapshot is not None
            and snapshot.class_names == DIGITS
            and snapshot.image_shape == PICTURE
        )
        self.tools.teach.setEnabled(readable and teachable and self._image() is not None)
        self.tools.why.setEnabled(answered)
        if self._asking and not answered:
            self._stop_asking()
        self._show_why()

    def _drawing_changed(self) -> None:
        self._stop_asking()
        super()._drawing_changed()

    # -- the network ----------------------------------------------------------------------------

    def _show_in_network(self) -> None:
        image = self._image() if self.in_network.isChecked() else None
        self.focus_wanted.emit(None if image is None else image.reshape(-1))

    def _image(self) -> Array | None:
        """Return the picture that the net sees, read-only; None where there is no ink."""
        if self._preparation is None or not self._preparation.image.any():
            return None
        image = np.array(self._preparation.image, dtype=np.float32)
        image.flags.writeable = False
        return image

    # -- why ------------------------------------------------------------------------------------

    def ask_why(self, output: int) -> None:
        """Show which pixels spoke for an output; asked once more, no longer."""
        again = self._asking == "one" and self._question == output
        self._question, self._asking = (None, "") if again else (output, "one")
        self._show_why()

    def _ask_on(self) -> None:
        """Go on from no question to why, from there to why not another, and back."""
        self._asking = {"": "one", "one": "both", "both": ""}[self._asking]
        if not self._asking:
            self._question = None
        self._show_why()

    def _stop_asking(self) -> None:
        self._asking, self._question = "", None
        self._show_why()

    def _certain(self) -> bool:
        return self.bars.values is not None and bool(np.isfinite(self.bars.values).all())

    def _show_why(self) -> None:
        snapshot, stages, values = self._snapshot, self._preparation, self.bars.values
        shown = bool(self._asking) and snapshot is not None and stages is not None
        for part in (self.why_map, self.why_words):
            part.setVisible(shown)
        for covered in (self.winner, self.stages):
            covered.setVisible(not shown)
        if not shown or snapshot is None or stages is None or values is None:
            self.tools.name_why("why?")
            self.bars.question(None)
            return
        ranked = np.argsort(-values, kind="stable").tolist()
        asked = ranked[0] if self._question is None else self._question
        other = next((output for output in ranked if output != asked), None)
        names = self._names(snapshot)
        both = self._asking == "both"
        self.tools.name_why("close" if both or other is None else f"not {names[other][:3]}?")
        voices = explain_pixels(
            self._net(snapshot), stages.image.reshape(-1), asked, other if both else None
        )
        self.why_map.show_voices(voices, stages.image)
        last = len(snapshot.recipe.layers) - 1
        self.why_words.show_voices(voices, names, last == 1, last)
        self.bars.question(asked)

    # -- teaching -------------------------------------------------------------------------------

    def teach(self, label: int) -> None:
        """Say what the drawing is."""
        image = self._image()
        if image is not None and self.tools.teach.isEnabled():
            self._keep(label)
            self.teach_requested.emit(label, image, list(self.canvas.strokes))

    def show_taught(self, label: int) -> None:
        """Confirm that the drawing has become an example."""
        self.canvas.say(f"It joins the training data as a {label}.")

    def _open_popup(self) -> None:
        values = self.bars.values
        guess = 0 if values is None else int(np.argmax(np.nan_to_num(values)))
        button = self.tools.teach
        place = button.mapToGlobal(button.rect().topRight())
        place.setX(place.x() - self.popup.sizeHint().width())
        self.popup.open_at(place, guess % len(DIGITS))

    # -- earlier drawings -----------------------------------------------------------------------

    def show_kept(self, drawings: Iterable[tuple[int, ArrayLike, Sequence[ArrayLike]]]) -> None:
        """Show the drawings that are kept, beside those of this session.

        Args:
            drawings: the newest first: label, picture (28, 28) of 0..1 or of bytes, and strokes,
                none where it came from a picture.
        """
        kept = []
        for label, image, strokes in drawings:
            grey = np.asarray(image)
            scale = 255 if grey.dtype == np.uint8 else 1
            sheet = Sheet(fitted([np.asarray(stroke, np.float64) for stroke in strokes]))
            kept.append(Entry((grey / scale).astype(np.float32), sheet, label=label))
        self._drawings.keep(kept)
        self._gallery_changed()

    def _keep(self, label: int | None) -> None:
        """Put what lies on the pad into the gallery."""
        if self._redrawn:
            self._answer()
        image = self._image()
        if image is not None:
            read = self.winner.name if self._certain() else ""
            self._drawings.add(Entry(image, self.canvas.sheet, read, label))
            self._gallery_changed()

    def _gallery_changed(self) -> None:
        entries = self._drawings.entries()
        self.gallery.show_entries(entries)
        self.album.gallery.show_entries(entries)
        self._album_action.setEnabled(bool(entries))

    def _put_back(self, entry: Entry) -> None:
        self.album.hide()
        self.canvas.put(Sheet(picture=entry.image) if entry.sheet.empty else entry.sheet)

    def _open_album(self) -> None:
        self.album.open_at(self.tools.more.mapToGlobal(self.tools.more.rect().topLeft()))

    # -- pictures -------------------------------------------------------------------------------

    def paste(self) -> None:
        """Take the picture, or the picture file, on the clipboard."""
        self.take(QGuiApplication.clipboard().mimeData())

    def open_picture(self) -> None:
        """Ask for a picture file."""
        dialog = QFileDialog(self, "A picture of a digit", filter=FILTER)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda name: self.open_path(Path(name)))
        dialog.open()

    def open_path(self, path: Path) -> None:
        """Put a picture file on the pad, or say why that cannot be."""
        try:
            self.show_picture(read(path))
        except DataError as problem:
            self._refuse(problem)

    def take(self, mime: QMimeData) -> None:
        """Put a picture that is carried along on the pad, or say why that cannot be."""
        try:
            self.show_picture(picture_of(mime))
        except DataError as problem:
            if holds_picture(mime):
                self._refuse(problem)
            else:
                self.canvas.say(str(problem))

    def _refuse(self, problem: DataError) -> None:
        """Say why a picture cannot be read; the one before goes, and its answer with it.

        What was drawn by hand stays, as does its answer: it cannot be dropped again.
        """
        if self.canvas.sheet.picture is not None:
            self.canvas.clear()
            self._answer()
        self.canvas.say(str(problem))

    def show_picture(self, picture: FloatArray) -> None:
        """Put a picture, grey (rows, columns), on the pad.

        Raises:
            DataError: nothing stands out in it.
        """
        description = self._description()
        self._read = picture, description, picture_stages(picture, description)
        self.canvas.put(Sheet(picture=picture))
        self.canvas.say("A stroke begins a new drawing.")

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Welcome a picture; whatever else is dragged along goes to the window."""
        if brings_picture(event.mimeData()):
            event.acceptProposedAction()
        else:
            event.ignore()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take the picture that is dropped."""
        if brings_picture(event.mimeData()):
            event.acceptProposedAction()
            self.take(event.mimeData())
        else:
            event.ignore()


SPEC = ViewSpec("pad", "Draw a digit", "right", PadView, rate=8.0)
