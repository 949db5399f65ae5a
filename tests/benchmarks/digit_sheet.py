"""Draw a sheet of all forms of nnviz's digits: rows of forms, a dozen samples of each.

Half of a row is drawn large, as the pen goes, and half as a network sees it.

    python tests/benchmarks/digit_sheet.py OUT [--digit 7]

OUT is a folder; it gets one picture per digit.
"""

import argparse
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

from nnviz.data.digit_forms import DigitForm, digit_forms
from nnviz.data.digit_writer import write_digits, write_strokes
from nnviz.data.handwriting import rasterise

SAMPLES = 12
CELL = 84  # pixels of the sheet, three to a pixel of the network's picture
NAME = 150


def row(form: DigitForm) -> Image.Image:
    """Return the samples of one form."""
    canvas = Image.new("L", (NAME + 2 * SAMPLES * CELL, CELL), 255)
    words = f"{form.digit} {form.name}\n{form.share:.0%}"
    ImageDraw.Draw(canvas).multiline_text((4, 20), words, fill=0)
    drawn = write_strokes(SAMPLES, np.random.default_rng(form.digit), among=(form,))
    for place, (strokes, pen) in enumerate(drawn):
        together = np.concatenate(strokes)
        low, high = together.min(axis=0), together.max(axis=0)
        scale = 0.84 * CELL / ((high - low).max() * (1 + pen))
        fitted = [(stroke - (low + high) / 2) * scale + CELL / 2 for stroke in strokes]
        ink = rasterise(fitted, CELL, pen * (high - low).max() * scale)
        canvas.paste(Image.fromarray((255 - 255 * ink).astype(np.uint8)), (NAME + place * CELL, 0))
    images, _ = write_digits(SAMPLES, np.random.default_rng(form.digit), among=(form,))
    for place, image in enumerate(images):
        seen = Image.fromarray(255 - image).resize((CELL, CELL), Image.Resampling.NEAREST)
        canvas.paste(seen, (NAME + (SAMPLES + place) * CELL, 0))
    return canvas


def main() -> None:
    """Write the pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--digit", type=int, action="append")
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    for digit in arguments.digit or range(10):
        rows = [row(form) for form in digit_forms() if form.digit == digit]
        sheet = Image.new("L", (rows[0].width, CELL * len(rows)))
        for place, each in enumerate(rows):
            sheet.paste(each, (0, place * CELL))
        sheet.save(arguments.out / f"forms-{digit}.png")


if __name__ == "__main__":
    main()
