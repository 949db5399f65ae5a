"""Pictures of lessons: drawings beside the file, of which none can fetch anything elsewhere."""

import re
from pathlib import Path

from nnviz.data.toml_tables import Table
from nnviz.lessons.loader_parts import beside

FOLDER = "pictures"
ENDINGS = (".svg", ".png")
LARGEST = 2**19
"""Most bytes of a picture."""
_LEADS_ELSEWHERE = re.compile(
    rb"<!ENTITY|<!DOCTYPE|<script|<foreignObject|\bon\w+\s*=|@import"
    rb"|href\s*=\s*[\"']?\s*(?!#|data:image/)[^\s\"'>]"
    rb"|url\(\s*[\"']?\s*(?!#)[^\s\"')]",
    re.IGNORECASE,
)
"""What in a drawing would name another file, or run."""


def read_picture(scene: Table) -> Path | None:
    """Return the path of a scene's drawing; None where it has none.

    Raises:
        DataError: there is no such file in the folder of pictures beside the lesson, it is too
            large, or it names others.
    """
    if "picture" not in scene:
        return None
    name = scene.text("picture")
    if not name.casefold().endswith(ENDINGS):
        scene.refuse(f"a picture ends in one of {', '.join(ENDINGS)}.", "picture")
    path = beside(scene, f"{FOLDER}/{name}", "picture")
    with path.open("rb") as file:
        content = file.read(LARGEST + 1)
    if len(content) > LARGEST:
        scene.refuse("the picture is too large: draw it simpler.", "picture")
    if path.suffix.casefold() == ".svg" and _LEADS_ELSEWHERE.search(content):
        scene.refuse("the drawing names other files or runs something: draw it anew.", "picture")
    return path
