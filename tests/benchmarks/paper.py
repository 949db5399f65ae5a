"""How well photographs are read on any paper, in any light: accuracy for each kind.

Strangers' digits (tests/data/strangers.py) are put on papers (tests/data/papers.py), the same
digits on each, and read by a saved network as the app reads picture files. Plain paper says what
there is to reach.

    python tests/benchmarks/paper.py NETWORK [--strangers 20] [--kinds "NAME;NAME"] [--sheet FOLDER]
"""

import argparse
import os
import zlib

os.environ["OPENBLAS_NUM_THREADS"] = "1"

from pathlib import Path
from time import process_time

import numpy as np
import ratios
from PIL import Image

from nnviz.data.picture_inputs import BlankPictureError, picture_stages
from nnviz.files import load_model
from tests.data.papers import KINDS, photograph
from tests.data.strangers import strangers_strokes

_SHOWN = 96  # side of a picture on a contact sheet


def _tile(picture: np.ndarray) -> np.ndarray:
    shown = Image.fromarray(np.rint(picture.clip(0, 1) * 255).astype(np.uint8))
    shown.thumbnail((_SHOWN, _SHOWN))
    tile = Image.new("L", (_SHOWN, _SHOWN), 128)
    tile.paste(shown)
    return np.asarray(tile)


def main() -> None:
    """Print the table, and save contact sheets of what is misread."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("network", type=Path, nargs="+")
    parser.add_argument("--strangers", type=int, default=20)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--kinds", default="", help="only these, separated by ;")
    parser.add_argument("--sheet", type=Path, help="folder for pictures of what is misread")
    asked = parser.parse_args()
    models = [load_model(path) for path in asked.network]
    written = list(strangers_strokes(asked.strangers, asked.seed))
    labels = np.arange(len(written)) % 10
    kinds = asked.kinds.split(";") if asked.kinds else list(KINDS)
    means = []
    for name in kinds:
        draws = np.random.default_rng((asked.seed, zlib.crc32(name.encode()))).spawn(len(written))
        rows = np.zeros((len(written), 784), np.float32)
        greys, inks, taken, blank = [], [], 0.0, 0
        for place, ((strokes, _), own) in enumerate(zip(written, draws, strict=True)):
            grey = photograph(strokes, KINDS[name], own)
            begun = process_time()
            try:
                stages = picture_stages(grey, models[0].description).pictures
                rows[place] = stages[-1].ravel()
            except BlankPictureError:
                stages, blank = (np.zeros_like(grey),), blank + 1
            taken += process_time() - begun
            greys.append(grey)
            inks.append(stages)
        read = [model.network.predict(rows).argmax(axis=1) for model in models]
        shares = [float((own == labels).mean()) for own in read]
        means.append(shares)
        ratios.note_share_right(name, shares[0])
        figures = "  ".join(f"{share:.3f}" for share in shares)
        print(f"{name:20} {figures}   blank {blank:3}   {1000 * taken / len(written):5.1f} ms",
              flush=True)  # fmt: skip
        if asked.sheet is not None:
            wrong = np.flatnonzero(read[0] != labels)[:24]
            tiles = [
                np.concatenate([_tile(greys[i]), _tile(inks[i][0]), _tile(inks[i][-1])])
                for i in wrong
            ]
            if tiles:
                asked.sheet.mkdir(parents=True, exist_ok=True)
                Image.fromarray(np.concatenate(tiles, axis=1)).save(asked.sheet / f"{name}.png")
    ratios.note_share_right("mean of all kinds", float(np.mean(means, axis=0)[0]))
    print(f"{'mean':20} {'  '.join(f'{share:.3f}' for share in np.mean(means, axis=0))}")


if __name__ == "__main__":
    main()
