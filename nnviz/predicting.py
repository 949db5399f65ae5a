"""Reading pictures from the command line: what a saved network makes of each, a line a picture."""

import argparse
import json
from pathlib import Path

import numpy as np

from nnviz.data.description import NOTHING_KNOWN
from nnviz.data.handwriting import SIDE
from nnviz.data.picture_inputs import BlankPictureError, picture_input
from nnviz.data.pictures import read_picture
from nnviz.engine.network import Network
from nnviz.engine.plan import Array
from nnviz.errors import NnvizError
from nnviz.files.models import load_model
from nnviz.files.sessions import load_session

SESSION = ".nnviz"


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("model", metavar="MODEL", help="a saved network (.npz) or session (.nnviz)")
    parser.add_argument("images", metavar="IMAGE", nargs="+", help="pictures, PNG or JPEG")
    parser.add_argument(
        "--json", action="store_true", help="Print one JSON object a line and picture."
    )


def predict(options: argparse.Namespace) -> int:
    """Print what the network reads each picture as, and how sure it is.

    Raises:
        NnvizError: the network or a picture cannot be read, or the network reads no pictures.
    """
    network = _network(Path(options.model))
    for name in options.images:
        outputs = network.predict(_input(Path(name)).reshape(1, -1))[0]
        read = int(np.argmax(outputs))
        if options.json:
            row = {"image": name, "read": read, "outputs": [float(a) for a in outputs]}
            print(json.dumps(row), flush=True)
        else:
            print(f"{name}: {read}   {float(outputs[read]):.1%}", flush=True)
    return 0


def _network(path: Path) -> Network:
    if path.suffix == SESSION:
        record = load_session(path).record
        network = Network(record.now.state.recipe, record.now.state.theta)
    else:
        network = load_model(path).network
    inputs = network.recipe.layers[0]
    if inputs != SIDE * SIDE:
        raise NnvizError(
            f"{path} reads rows of {inputs} numbers, not pictures of {SIDE}×{SIDE}: choose a "
            "network that was trained on pictures."
        )
    return network


def _input(path: Path) -> Array:
    """Read a picture as the network was shown its examples, a row of inputs."""
    try:
        return picture_input(read_picture(path), NOTHING_KNOWN)
    except BlankPictureError as problem:
        raise NnvizError(f"{path}: {str(problem)[0].lower()}{str(problem)[1:]}") from problem
