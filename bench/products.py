"""Scores what is proposed from pages, places where products' codes stand, beside a truth that was made by hand.

The truth (`truth/products/*.tsv`) is of one page each of three price lists: every code that is printed at the head of a
row, the price in the row's first column of prices, and the box of the code in points (origin top left). A shop that has
these products looks through the whole page, and through every other file of the folder, which has none of them: what is
proposed there is wrong. Prices are asked in two ways: the shop has the printed one, or another, as with an old list.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
TRUTH = ROOT / "bench/truth/products"
BUILT = ROOT / "build/bench/products"


@dataclass(frozen=True)
class Row:
    """A code as it is printed."""

    page: int
    code: str
    price: Decimal
    box: tuple[float, float, float, float]


@dataclass
class Score:
    """Of a file: how many places there are, how many were proposed, and what of those was right."""

    true: int = 0
    proposed: int = 0
    right: int = 0
    sure: int = 0
    prices: int = 0  # printed and told, where the shop has them
    changed: int = 0  # where the shop has another: said to have changed, with the printed one
    wrong_prices: int = 0  # told, and not those that are printed, in either way
    boxes: int = 0  # hold the code, and no more than a little around it


def truth_of(file: Path) -> list[Row]:
    """The rows of a file of the truth."""
    with file.open(encoding="utf-8") as stream:
        return [
            Row(
                int(said["page"]),
                said["code"],
                Decimal(said["price"]),
                (float(said["left"]), float(said["top"]), float(said["right"]), float(said["bottom"])),
            )
            for said in csv.DictReader(stream, delimiter="\t")
        ]


def built(pdf: Path) -> Path:
    """The edition folder of a PDF, made once."""
    out = BUILT / pdf.stem
    if not (out / "manifest.json").is_file():
        BUILT.mkdir(parents=True, exist_ok=True)
        command = [sys.executable, "-c", "from masthead.command import main; main()", "build", str(pdf)]
        subprocess.run([*command, "--out", str(out)], check=True, stdout=subprocess.DEVNULL)
    return out


def scored(edition: Path, rows: Sequence[Row]) -> Score:
    """What is proposed on the pages of the truth, beside it."""
    manifest = json.loads((edition / "manifest.json").read_text())
    pages = sorted({row.page for row in rows})
    score = Score(true=len(rows))
    by_key = {(row.page, row.code.casefold()): row for row in rows}
    for raised in (False, True):
        shop = {row.code.casefold(): (row.code, row.price + 1 if raised else row.price) for row in rows}
        for one in proposals(edition, shop, manifest, pages):
            row = by_key.get((one.page, one.product.key))
            if row is None or one.printed not in (None, row.price):
                score.wrong_prices += row is not None
            score.changed += raised and row is not None and one.has_changed and one.printed == row.price
            if raised:
                continue
            score.proposed += 1
            score.right += row is not None
            score.sure += row is not None and one.is_sure
            score.prices += row is not None and one.printed == row.price
            size = manifest["pages"][one.page - 1]
            score.boxes += row is not None and holds(one.area, row.box, size["width"], size["height"])
    return score


def holds(area: Any, box: tuple[float, float, float, float], width: float, height: float) -> bool:
    """Whether an area of the page (fractions) holds a box (points), and is no more than eight points larger."""
    found = (area.x * width, area.y * height, (area.x + area.width) * width, (area.y + area.height) * height)
    middle = ((box[0] + box[2]) / 2, (box[1] + box[3]) / 2)
    inside = found[0] <= middle[0] <= found[2] and found[1] <= middle[1] <= found[3]
    wide = (found[2] - found[0]) - (box[2] - box[0])
    high = (found[3] - found[1]) - (box[3] - box[1])
    return inside and -4 <= wide <= 12 and -6 <= high <= 12


def proposals(
    edition: Path, shop: Mapping[str, tuple[str, Decimal]], manifest: Mapping[str, Any], pages: Sequence[int] = ()
) -> list[Any]:
    """What a shop with these products (code and price by key) is proposed, on some pages or on all."""
    from masthead.orders.models import Product  # noqa: PLC0415 - after django.setup
    from masthead.production.overlays.placing import Words  # noqa: PLC0415 - after django.setup
    from masthead.production.overlays.proposing import proposed  # noqa: PLC0415 - after django.setup

    products = {
        key: Product(pk=key, key=key, code=code, name=code, price=price, currency="USD")
        for key, (code, price) in shop.items()
    }
    found = proposed(Words(edition, len(manifest["pages"])), products, set())
    return [one for one in found if not pages or one.page in pages]


def main() -> None:
    """Run it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    corpus = Path(os.environ.get("MASTHEAD_CORPUS", ROOT.parent / "shared/corpus"))
    parser.add_argument("folder", type=Path, nargs="?", default=corpus / "catalogue")
    folder: Path = parser.parse_args().folder
    with tempfile.TemporaryDirectory() as data:
        os.environ |= {"DJANGO_SETTINGS_MODULE": "masthead.config.house_settings", "MASTHEAD_DATA": data}
        import django  # noqa: PLC0415 - its settings are made before

        django.setup(set_prefix=False)
        report(folder)


def report(folder: Path) -> None:
    """A line for each file."""
    truth = {file.stem: truth_of(file) for file in sorted(TRUTH.glob("*.tsv"))}
    heads = ("true", "proposed", "right", "sure", "price right", "old price told", "price wrong", "box right")
    print(f"{'file':28}" + "".join(f"{head:>16}" for head in heads))
    for name, rows in truth.items():
        s = scored(built(folder / f"{name}.pdf"), rows)
        numbers = (s.true, s.proposed, s.right, s.sure, s.prices, s.changed, s.wrong_prices, s.boxes)
        print(f"{name:28}" + "".join(f"{number:>16}" for number in numbers))
    for pdf in sorted(folder.glob("*.pdf")):
        if pdf.stem in truth:
            continue
        edition = built(pdf)
        manifest = json.loads((edition / "manifest.json").read_text())
        shop = {row.code.casefold(): (row.code, row.price) for rows in truth.values() for row in rows}
        found = proposals(edition, shop, manifest)
        sure = sum(one.is_sure for one in found)
        print(f"{pdf.stem:28}{0:>16}{len(found):>16}{0:>16}{sure:>16}   of a shop with all {len(shop)} products")


if __name__ == "__main__":
    main()
