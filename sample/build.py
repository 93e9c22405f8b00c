"""Makes the sample issue: draws its pictures, makes its symbol font, sets it with Typst. Usage: build.py FILE.pdf"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))

import typst  # noqa: E402
from drawings import figures, scenes, symbols  # noqa: E402

_DATE = 1_790_000_000  # autumn 2026: the same file whenever it is made


def draw(folder: Path) -> None:
    """Every picture of the issue."""
    folder.mkdir(parents=True, exist_ok=True)
    drawings = {
        "cover": scenes.cover(),
        "sea": scenes.spread_sea(),
        "fog": scenes.fog(),
        "harbour": scenes.harbour(),
        "tide": figures.tide_curve(),
        "course": figures.stone_course(),
        "chart": figures.sea_chart(),
        "oilskin": figures.oilskin_pattern(),
        **{f"moon{index}": scenes.moon(phase) for index, phase in enumerate((0.05, 0.16, 0.25, 0.38, 0.5, 0.66, 0.88))},
        **{f"goods{kind}": figures.goods(kind) for kind in range(9)},
    }
    for name, svg in drawings.items():
        (folder / f"{name}.svg").write_text(svg, encoding="utf-8")
    figures.grained_photograph().save(folder / "dusk.jpg", quality=86)


def build(target: Path) -> None:
    """Write the issue's PDF."""
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        shutil.copytree(HERE / "magazine", work / "magazine")
        shutil.copytree(HERE / "fonts", work / "fonts")
        draw(work / "pictures")
        symbols.write_symbol_font(work / "fonts" / "FathomDingbats.ttf")
        pdf = typst.compile(
            work / "magazine" / "issue.typ",
            root=work,
            font_paths=[work / "fonts"],
            ignore_system_fonts=True,
            timestamp=_DATE,
        )
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(pdf)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pdf", type=Path)
    build(parser.parse_args().pdf)
