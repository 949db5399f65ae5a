"""A drawing beside a lesson is shown, unless it could fetch or run anything."""

import pytest

from nnviz.data.dataset import DataError
from tests.lessons.lesson_files import GOOD
from tests.lessons.lesson_files import read as read

TEXT = GOOD.replace('text = "It gives', 'picture = "cell.svg"\ntext = "It gives')
SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">{}</svg>'


@pytest.fixture
def draw(tmp_path):
    (tmp_path / "pictures").mkdir()

    def draw(inside, name="cell.svg"):
        (tmp_path / "pictures" / name).write_text(SVG.format(inside))
        return tmp_path / "pictures" / name

    return draw


@pytest.mark.parametrize(
    "inside",
    [
        '<circle r="1" fill="url(#shade)"/>',
        '<use xlink:href="#cell"/>',
        '<image href="data:image/png;base64,AAAA"/>',
    ],
)
def test_a_drawing_is_found(read, draw, inside):
    path = draw(inside)
    assert read(TEXT).scenes[0].picture == path


@pytest.mark.parametrize(
    "inside",
    [
        '<image xlink:href="/etc/passwd"/>',
        '<image href="secret.png"/>',
        "<image href='file:///secret.png'/>",
        "<image href = http://x.org/a.png />",
        '<image href="data:text/html,x"/>',
        '<rect fill="url(http://x.org/a.svg#b)"/>',
        "<style>@import 'a.css'</style>",
        "<script>1</script>",
        '<rect onload="1"/>',
        "<foreignObject/>",
        "<!DOCTYPE svg><g/>",
    ],
)
def test_a_drawing_that_leads_elsewhere_is_refused(read, draw, inside):
    draw(inside)
    with pytest.raises(DataError, match="names other files"):
        read(TEXT)


def test_other_pictures_are_refused(read, draw, tmp_path):
    with pytest.raises(DataError, match="no file"):
        read(TEXT)
    with pytest.raises(DataError, match="ends in one of"):
        read(TEXT.replace("cell.svg", "cell.gif"))
    with pytest.raises(DataError, match="no way"):
        read(TEXT.replace("cell.svg", "../cell.svg"))
    draw(" " * 2**19)
    with pytest.raises(DataError, match="too large"):
        read(TEXT)
