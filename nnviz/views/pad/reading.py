"""What the net of the moment makes of a drawing, before anything of it is put into words."""

from nnviz.data.picture_inputs import PictureStages
from nnviz.dataclass import dataclass
from nnviz.engine.network import Network
from nnviz.engine.run.snapshot import Array
from nnviz.views.pad.digits import Box


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """What the net of the moment makes of one digit on the sheet.

    Attributes:
        stages: the way of what lies there to the net; None for nothing.
        values: what it answers, (outputs,); None for nothing.
        dots: whether nothing but dots is drawn, of which no net should make a digit.
        trust: how likely the answer is right, 0..1, and 0 where it has no digit's shape; None
            where nobody can say.
    """

    network: Network | None = None
    stages: PictureStages | None = None
    values: Array | None = None
    dots: bool = False
    trust: float | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Several:
    """All digits on the sheet, in reading order; fewer than two where there is one or none.

    Attributes:
        readings: what the net makes of each.
        boxes: where each lies.
        chosen: the one that is looked at.
    """

    readings: tuple[Reading, ...] = ()
    boxes: tuple[Box, ...] = ()
    chosen: int = 0

    def __bool__(self) -> bool:
        """Tell whether there are several."""
        return len(self.readings) > 1


NO_DIGITS = Several()
