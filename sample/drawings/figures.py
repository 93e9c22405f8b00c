"""Charts and things: the tide's curve, a sea chart, a course of stone, goods from the shop, a grained photograph."""

from __future__ import annotations

import math
from random import Random

from PIL import Image

from drawings.svg import Point, picture, polygon, smooth, tag

_INK, _SEA, _RUST, _SAND = "#17313c", "#3e6a75", "#b5532f", "#e8d6b5"


def tide_curve() -> str:
    """Height of the tide over two weeks: springs and neaps from two waves of nearly the same length."""
    width, height = 1000, 330
    points: list[Point] = []
    for step in range(0, 1001, 4):
        days = step / 1000 * 14
        level = 1.0 * math.sin(2 * math.pi * days * 24 / 12.42) + 0.42 * math.sin(2 * math.pi * days * 24 / 12.0)
        points.append((float(step), 165 - level * 92))
    grid = "".join(
        tag("line", x1=0, x2=width, y1=y, y2=y, stroke=_SAND, stroke_width=2) for y in (40, 102, 165, 228, 290)
    )
    curve = tag("path", d=smooth(points), fill="none", stroke=_SEA, stroke_width=4)
    return picture(width, height, [grid, curve])


def sea_chart() -> str:
    """Depth lines around an island, soundings and a compass rose."""
    width, height = 860, 620
    random = Random(3)
    parts = [tag("rect", width=width, height=height, fill="#eef1ea")]
    for ring in range(7, 0, -1):
        points = []
        for step in range(37):
            angle = step / 36 * 2 * math.pi
            reach = 52 + ring * 42 + 26 * math.sin(3 * angle + ring * 0.3) + 15 * math.cos(5 * angle)
            points.append((430 + reach * 1.25 * math.cos(angle), 320 + reach * 0.78 * math.sin(angle)))
        fill = "#e7d7ae" if ring == 1 else ("#cfe0df" if ring < 4 else "none")
        parts.append(tag("path", d=smooth(points) + "Z", fill=fill, stroke=_SEA, stroke_width=1.4, opacity=0.9))
    for _ in range(64):
        x, y = random.uniform(20, 840), random.uniform(20, 600)
        parts.append(tag("circle", cx=x, cy=y, r=1.8, fill=_INK, opacity=0.55))
    for step in range(16):
        angle, long = step * math.pi / 8, (62 if step % 4 == 0 else 40 if step % 2 == 0 else 24)
        tip = (738 + long * math.sin(angle), 118 - long * math.cos(angle))
        parts.append(
            tag("line", x1=738, y1=118, x2=tip[0], y2=tip[1], stroke=_RUST, stroke_width=2.4 if step % 4 == 0 else 1)
        )
    parts.append(tag("circle", cx=738, cy=118, r=46, fill="none", stroke=_RUST, stroke_width=1.2))
    return picture(width, height, parts)


def stone_course() -> str:
    """A course of a tower from above: rings of blocks whose joints never meet, and a square core."""
    size, middle = 620, 310.0
    parts = [tag("rect", width=size, height=size, fill="#fdfbf6")]
    for ring, (inner, outer, count) in enumerate(((60, 120, 6), (120, 190, 10), (190, 250, 16), (250, 300, 24))):
        parts.append(tag("circle", cx=middle, cy=middle, r=outer, fill="none", stroke=_INK, stroke_width=3))
        for block in range(count):
            angle = (block + 0.5 * (ring % 2)) / count * 2 * math.pi
            skew = angle + 0.06
            points = [
                (inner, angle),
                ((inner + outer) / 2, angle + 0.05),
                ((inner + outer) / 2, angle - 0.01),
                (outer, skew),
            ]
            path = [(middle + r * math.cos(a), middle + r * math.sin(a)) for r, a in points]
            parts.append(
                tag(
                    "polyline",
                    points=" ".join(f"{x:.1f},{y:.1f}" for x, y in path),
                    fill="none",
                    stroke=_INK,
                    stroke_width=2.4,
                )
            )
    parts.append(tag("circle", cx=middle, cy=middle, r=60, fill=_SAND, stroke=_RUST, stroke_width=4))
    return picture(size, size, parts)


def goods(kind: int) -> str:
    """One thing from the shop, drawn plainly; `kind` 0 to 8."""
    size = 300
    ground = ("#e9e2d2", "#dfe6e4", "#efe0d4")[kind % 3]
    parts = [tag("rect", width=size, height=size, fill=ground)]
    draw = (_lamp, _rope, _jumper, _mug, _compass, _book, _bell, _bag, _print)[kind]
    return picture(size, size, [*parts, *draw()])


def _lamp() -> list[str]:
    body = tag("rect", x=110, y=105, width=80, height=110, rx=10, fill="#f6d27b")
    caps = [tag("rect", x=96, y=y, width=108, height=20, rx=6, fill=_INK) for y in (88, 210)]
    handle = tag("path", d="M110 88 A40 44 0 0 1 190 88", fill="none", stroke=_INK, stroke_width=8)
    bars = [tag("rect", x=x, y=105, width=5, height=108, fill=_INK) for x in (128, 148, 168)]
    return [handle, body, *caps, *bars]


def _rope() -> list[str]:
    return [
        tag(
            "circle",
            cx=150,
            cy=150,
            r=34 + ring * 17,
            fill="none",
            stroke="#c08a4d",
            stroke_width=11,
            stroke_dasharray="9 3",
        )
        for ring in range(5)
    ]


def _jumper() -> list[str]:
    body = [
        (100, 90),
        (130, 76),
        (170, 76),
        (200, 90),
        (250, 190),
        (222, 204),
        (196, 150),
        (196, 232),
        (104, 232),
        (104, 150),
        (78, 204),
        (50, 190),
    ]
    stripes = [tag("rect", x=104, y=y, width=92, height=7, fill="#f4efe3") for y in range(118, 226, 20)]
    return [polygon(body, _SEA), *stripes]


def _mug() -> list[str]:
    ring = tag("circle", cx=206, cy=150, r=34, fill="none", stroke="#f7f3ea", stroke_width=14)
    return [
        ring,
        tag("rect", x=88, y=92, width=112, height=126, rx=12, fill="#f7f3ea"),
        tag("rect", x=88, y=196, width=112, height=10, fill=_RUST),
    ]


def _compass() -> list[str]:
    ring = tag("circle", cx=150, cy=150, r=88, fill="#f7f1df", stroke="#b88a3c", stroke_width=14)
    north, south = (
        polygon([(150, 78), (164, 150), (136, 150)], _RUST),
        polygon([(150, 222), (164, 150), (136, 150)], _INK),
    )
    return [ring, north, south, tag("circle", cx=150, cy=150, r=7, fill="#b88a3c")]


def _book() -> list[str]:
    cover, spine = (
        tag("rect", x=86, y=64, width=130, height=176, fill=_RUST),
        tag("rect", x=86, y=64, width=18, height=176, fill="#82361d"),
    )
    lines = [tag("rect", x=122, y=y, width=78, height=5, fill="#f4e6cf") for y in (100, 114, 196)]
    return [cover, spine, *lines, tag("circle", cx=160, cy=156, r=24, fill="none", stroke="#f4e6cf", stroke_width=3)]


def _bell() -> list[str]:
    path = "M150 66 C104 66 112 166 84 204 L216 204 C188 166 196 66 150 66 Z"
    return [
        tag("path", d=path, fill="#c39a45"),
        tag("circle", cx=150, cy=218, r=17, fill="#7d5f22"),
        tag("rect", x=84, y=196, width=132, height=9, fill="#7d5f22"),
    ]


def _bag() -> list[str]:
    handle = tag("path", d="M112 110 A38 52 0 0 1 188 110", fill="none", stroke=_INK, stroke_width=8)
    anchor = tag(
        "path", d="M150 138 V206 M124 182 A26 26 0 0 0 176 182 M134 152 H166", fill="none", stroke=_RUST, stroke_width=7
    )
    return [handle, polygon([(84, 104), (216, 104), (230, 238), (70, 238)], "#f7f1e1"), anchor]


def _print() -> list[str]:
    frame = tag("rect", x=78, y=58, width=144, height=184, fill="#f8f4e9", stroke=_INK, stroke_width=8)
    waves = [
        tag(
            "path",
            d=smooth([(90, y), (118, y - 10), (150, y), (182, y - 10), (210, y)]),
            fill="none",
            stroke=_SEA,
            stroke_width=6,
        )
        for y in (150, 174, 198, 222)
    ]
    return [frame, tag("circle", cx=150, cy=108, r=24, fill=_RUST), *waves]


def oilskin_pattern() -> str:
    """Rain on yellow cloth, for an advertisement."""
    random = Random(9)
    parts = [tag("rect", width=860, height=1100, fill="#e7b526")]
    for _ in range(420):
        x, y, long = random.uniform(-40, 900), random.uniform(-40, 1140), random.uniform(12, 40)
        parts.append(
            tag("line", x1=x, y1=y, x2=x - long * 0.28, y2=y + long, stroke="#17313c", stroke_width=2, opacity=0.55)
        )
    coat = [
        (300, 430),
        (390, 380),
        (470, 380),
        (560, 430),
        (640, 700),
        (580, 724),
        (552, 620),
        (572, 900),
        (288, 900),
        (308, 620),
        (280, 724),
        (220, 700),
    ]
    parts.append(polygon(coat, "#17313c"))
    parts.append(tag("path", d="M370 384 C370 250 490 250 490 384 Z", fill="#17313c"))
    parts.append(tag("ellipse", cx=430, cy=350, rx=38, ry=46, fill="#e7b526"))
    return picture(860, 1100, parts)


def grained_photograph(width: int = 900, height: int = 620) -> Image.Image:
    """A bitmap such as a camera gives: light on water at dusk, with grain."""
    random = Random(31)
    pixels = bytearray()
    for y in range(height):
        horizon = y / height
        for x in range(width):
            glow = math.exp(-(((x - width * 0.62) / (width * 0.2)) ** 2)) * (1 if horizon > 0.45 else 0.7)
            wave = math.sin(x * 0.05 + y * 0.31) * math.sin(y * 0.9 + x * 0.011) * (18 if horizon > 0.45 else 3)
            base = 70 + 90 * horizon if horizon < 0.45 else 128 - 86 * (horizon - 0.45)
            light = base + 74 * glow + wave + random.uniform(-13, 13)
            level = max(0, min(255, int(light)))
            pixels += bytes((level, min(255, int(level * 0.92) + 6), min(255, int(level * 0.80) + 20)))
    return Image.frombytes("RGB", (width, height), bytes(pixels))
