"""The eye that looks at a 3-D scene: where it is, and how what it sees becomes a picture."""

from math import cos, radians, sin

from PySide6.QtGui import QMatrix4x4, QVector3D

from nnviz.views.surface3d import camera


class Eye:
    """An eye that circles around a place.

    Attributes:
        centre: the place in the middle of the picture.
        distance: of the eye from it.
        azimuth, elevation: the direction in which the eye stands from there, in degrees.
    """

    def __init__(self) -> None:
        self.centre, self.distance = QVector3D(), 10.0
        self.elevation, self.azimuth = camera.VIEWPOINT
        self._seen: tuple[tuple[object, ...], QMatrix4x4] = (), QMatrix4x4()

    @property
    def position(self) -> QVector3D:
        """Where it stands."""
        up, round_ = radians(self.elevation), radians(self.azimuth)
        back = QVector3D(cos(up) * cos(round_), cos(up) * sin(round_), sin(up))
        return self.centre + back * self.distance

    def matrix(self, width: int, height: int) -> QMatrix4x4:
        """Return what turns places into those of a picture of that shape, −1..1 each way.

        It is asked for many times a frame.
        """
        at = self.distance, self.azimuth, self.elevation, self.centre.toTuple()
        made_for = width, height, *at
        if made_for != self._seen[0]:
            self._seen = made_for, self._matrix(width, height)
        return self._seen[1]

    def _matrix(self, width: int, height: int) -> QMatrix4x4:
        near = 0.001 * self.distance
        right = near * camera.across()
        top = right * height / width
        seen = QMatrix4x4()
        seen.frustum(-right, right, -top, top, near, 1000 * self.distance)
        seen.translate(0.0, 0.0, -self.distance)
        seen.rotate(self.elevation - 90, 1, 0, 0)
        seen.rotate(self.azimuth + 90, 0, 0, -1)
        seen.translate(-self.centre)
        return seen
