"""Makes the sample issue: draws its pictures, makes its symbol font, sets it with Typst. Usage: build.py FILE.pdf"""

from __future__ import annotations

import argparse
import io
import json
import shutil
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))

import typst  # noqa: E402
from drawings import coasts, figures, goods, photographs, symbols, towers  # noqa: E402
from finish import finish  # noqa: E402

_DATE = 1_790_000_000  # autumn 2026: the same file whenever it is made
_PHASES = (0.07, 0.15, 0.25, 0.37, 0.5, 0.65, 0.92)


def draw(folder: Path) -> None:
    """Every picture of the issue."""
    folder.mkdir(parents=True, exist_ok=True)
    drawings = {
        "cover": coasts.cover(),
        "back": coasts.back(),
        "opener": coasts.opener_sea(),
        "sea-evening": coasts.strip(0),
        "sea-lines": coasts.strip(1),
        "harbour": coasts.harbour(),
        "chart": coasts.chart(),
        "walks": coasts.walks(),
        "section": towers.section(),
        "course": towers.course(),
        "lens": towers.lens(),
        "tide": figures.tide_curve(),
        "signals": figures.signals(),
        "kedgeree": figures.kedgeree(),
        "knitting": figures.knitting(),
        "rain": figures.rain(),
        "knot": figures.knot(),
        "lamp": goods.lamp_alone(),
        **{f"goods{kind}": goods.goods(kind) for kind in range(12)},
    }
    for name, svg in drawings.items():
        (folder / f"{name}.svg").write_text(svg, encoding="utf-8")
    photographed = {
        "dusk": photographs.dusk,
        "storm": photographs.storm,
        "fog": photographs.fog,
        "ice": photographs.ice,
        "glow": photographs.lamplight,
    }
    for name, take in photographed.items():
        take().save(folder / f"{name}.jpg", quality=82)
    for index, moon in enumerate(photographs.moons(_PHASES, 560, "#0d1b26")):
        moon.save(folder / f"moon{index}.jpg", quality=88, subsampling=0)


def build(target: Path) -> None:
    """Write the issue's PDF."""
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        shutil.copytree(HERE / "magazine", work / "magazine")
        shutil.copytree(HERE / "fonts", work / "fonts")
        draw(work / "pictures")
        symbols.write_symbol_font(work / "fonts" / "FathomDingbats.ttf")
        compiler = typst.Compiler(
            work / "magazine" / "issue.typ", root=work, font_paths=[work / "fonts"], ignore_system_fonts=True
        )
        pdf = compiler.compile(format="pdf", timestamp=_DATE)
        assert isinstance(pdf, bytes)
        notes = json.loads(compiler.query("<form-field>", field="value"))
    target.parent.mkdir(parents=True, exist_ok=True)
    finish(io.BytesIO(pdf), notes, target)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pdf", type=Path)
    build(parser.parse_args().pdf)
