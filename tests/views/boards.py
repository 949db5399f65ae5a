"""Boards of the network view to put single figures on, and pictures of them."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF
from PySide6.QtGui import QFont, QImage, QPainter
from PySide6.QtWidgets import QGraphicsScene

from nnviz.engine.run.snapshot import Snapshot
from nnviz.views.network.board import Board
from nnviz.views.network.colours import NetworkColours
from nnviz.views.network.layout import layout
from nnviz.views.network.picture import NetworkPicture, picture
from nnviz.views.network.state import NetworkState
from nnviz.views.palette import DARK, Theme


def board_for(
    snapshot: Snapshot, size: tuple[int, int] = (850, 530), theme: Theme = DARK, ratio: float = 1.0
) -> Board:
    """Return an empty board for a network."""
    scene = QGraphicsScene()
    scene.setSceneRect(0, 0, *size)
    place = layout(snapshot.recipe.layers, snapshot.image_shape, *size, scale=theme.scale)
    board = Board(scene, place, NetworkColours(theme), QFont(), ratio)
    scene.setBackgroundBrush(board.ink.panel)
    return board


def shown_of(snapshot: Snapshot, **chosen: object) -> NetworkPicture:
    """Return what is shown of a moment, with something chosen."""
    return picture(snapshot, NetworkState().but(**chosen))


def picture_of(board: Board) -> NDArray[np.uint8]:
    """Paint a board: (height, width, 3), a pixel of the screen each."""
    size = (board.scene.sceneRect().size() * board.ratio).toSize()
    image = QImage(size, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    board.scene.render(painter, QRectF(image.rect()), board.scene.sceneRect())
    painter.end()
    data = np.frombuffer(image.constBits(), np.uint8)
    rows = data.reshape(image.height(), image.bytesPerLine() // 4, 4)
    return rows[:, : image.width(), 2::-1].copy()


def words_on(board: Board) -> list[tuple[str, QRectF]]:
    """Return every line of text on a board and where it is."""
    lines = [item for item in board.scene.items() if hasattr(item, "text") and item.text()]
    lines = [line for line in lines if line.isVisible()]
    return [(line.text(), line.sceneBoundingRect()) for line in lines]
