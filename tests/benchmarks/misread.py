"""Draw digits that are misread: forty of those the third generation's net misreads, then forty now.

Two nets learn with the window's start recipe, one from the third generation of nnviz's digits, one
from the newest. Strangers (tests/data/strangers.py) draw on the pad; of what each net misreads a
random choice is shown as the net sees it: above the digit that was meant, below what the earlier
net reads and what the newest reads, green where it is right. How many of the first forty are right
now is told.

    python tests/benchmarks/misread.py OUT.png [--epochs 13] [--strangers 600] [--seed 0]
"""

import argparse
import os

os.environ["OPENBLAS_NUM_THREADS"] = "1"

from pathlib import Path

import numpy as np
import ratios
from PIL import Image, ImageDraw

from nnviz.data.digits_cache import GENERATIONS, load_digits
from nnviz.engine import start_recipe
from tests.benchmarks.mixtures import read, trained
from tests.data.strangers import Drawn, strangers

SHOWN, ACROSS = 40, 10
CELL, LINE = 84, 16  # pixels: a picture at three to one, and a line of text
RIGHT, WRONG = "#1a7f37", "#c62828"


def block(title: str, drawn: Drawn, rows: np.ndarray, answers: list[np.ndarray]) -> Image.Image:
    """Return a title and pictures of some digits, each with what was meant and what is read."""
    height = CELL + 2 * LINE
    sheet = Image.new("RGB", (ACROSS * CELL, 2 * LINE + -(-len(rows) // ACROSS) * height), "white")
    pen = ImageDraw.Draw(sheet)
    pen.text((4, 8), title, fill="black")
    for place, row in enumerate(rows):
        x, y = place % ACROSS * CELL, 2 * LINE + place // ACROSS * height
        meant = drawn.labels[row]
        grey = np.rint(255 - 255 * drawn.images[row]).astype(np.uint8)
        picture = Image.fromarray(grey).resize((CELL - 4, CELL - 4), Image.Resampling.NEAREST)
        pen.text((x + 6, y), f"a {meant}", fill="black")
        sheet.paste(picture, (x + 2, y + LINE))
        for number, answer in enumerate(answers):
            word = ("then", "now")[number]
            colour = RIGHT if answer[row] == meant else WRONG
            pen.text(
                (x + 4 + number * CELL // 2, y + LINE + CELL - 2), f"{word} {answer[row]}", colour
            )
    return sheet


def main() -> None:
    """Train, tell and write the sheet."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--epochs", type=int, default=13)
    parser.add_argument("--strangers", type=int, default=600)
    parser.add_argument("--seed", type=int, default=0)
    asked = parser.parse_args()
    drawn, draw = strangers(asked.strangers, asked.seed), np.random.default_rng(asked.seed)
    pictures = drawn.images.reshape(len(drawn.images), -1)
    answers = []
    for generation in (min(GENERATIONS), max(GENERATIONS)):
        digits = load_digits(generation=generation)
        network = trained(digits, start_recipe("digits"), 6000 * asked.epochs)
        answers.append(read(network, pictures))
    blocks = []
    for name, by in (("the third generation's net", 0), ("the newest net", 1)):
        wrong = np.flatnonzero(answers[by] != drawn.labels)
        some = np.sort(draw.permutation(wrong)[:SHOWN])
        known = int((answers[1 - by][some] == drawn.labels[some]).sum())
        other = ("the newest", "the third generation's")[by]
        title = (
            f"{len(some)} of {len(wrong)} digits that {name} misreads, of {len(drawn.labels)} "
            f"drawn by strangers; {other} reads {known} of them right"
        )
        print(title)
        ratios.note(f"{name}, share wrong", len(wrong) / len(drawn.labels), lower=True)
        blocks.append(block(title, drawn, some, answers))
    sheet = Image.new("RGB", (blocks[0].width, sum(each.height for each in blocks)), "white")
    for place, each in enumerate(blocks):
        sheet.paste(each, (0, sum(before.height for before in blocks[:place])))
    sheet.save(asked.out)


if __name__ == "__main__":
    main()
