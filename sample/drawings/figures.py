"""Charts and plates: the tide's curve, signals in time, a dish from above, knitting, rain, a knot."""

from __future__ import annotations

import math
from random import Random

from drawings.svg import Point, circle, label, line, picture, polygon, rect, smooth, stroke, tag

_INK, _SEA, _RED = "#17252e", "#1f5f86", "#d6452b"
_LEFT = 100.0  # room for the scale of the tide


def tide_curve() -> str:
    """Height of the tide over twenty-nine days: springs and neaps from two waves of nearly the same length."""
    width, height, days = 1720, 560, 29.53
    points: list[Point] = []
    upper: list[Point] = []
    for step in range(0, 1721, 3):
        day = step / width * days
        moon, sun = math.cos(2 * math.pi * day * 24 / 12.4206), 0.44 * math.cos(2 * math.pi * day * 24 / 12.0)
        points.append((_LEFT + step * (1 - _LEFT / width), 290 - 148 * (moon + sun)))
        envelope = math.sqrt(1 + 0.44**2 + 0.88 * math.cos(2 * math.pi * day * 24 * (1 / 12.0 - 1 / 12.4206)))
        upper.append((_LEFT + step * (1 - _LEFT / width), envelope * 148))
    band = [(x, 290 - y) for x, y in upper[::8]] + [(x, 290 + y) for x, y in reversed(upper[::8])]
    parts = [polygon(band, "#dbe8ec")]
    for metres in range(-2, 3):
        y = 290 - metres * 98
        parts.append(line((_LEFT, y), (width, y), _INK, 0.9, opacity=0.45, stroke_dasharray="2 7"))
        parts.append(label(0, y + 6, f"{metres * 2:+d} m" if metres else "mean level", 17, _INK))
    parts.append(stroke(smooth(points), _SEA, 2.6))
    return picture(width, height, [*parts, *_phases(width)])


def _phases(width: int) -> list[str]:
    """The moon's quarters over the curve, springs and neaps below it."""
    parts = []
    for share, kind, name in (
        (0.006, "new", "New moon"),
        (0.25, "first", "First quarter"),
        (0.5, "full", "Full moon"),
        (0.75, "last", "Last quarter"),
        (0.992, "new", "New moon"),
    ):
        x = max(_LEFT + 20, min(width - 24.0, _LEFT + share * (width - _LEFT)))
        parts.append(_phase(x, 30, 19, kind))
        anchor = "start" if share < 0.1 else "end" if share > 0.9 else "middle"
        parts.append(
            label(
                x + (30 if anchor == "start" else -30 if anchor == "end" else 0),
                36 if anchor != "middle" else 70,
                name,
                17,
                _INK,
                text_anchor=anchor,
            )
        )
    for share, name in ((0.5, "SPRINGS"), (0.25, "NEAPS"), (0.75, "NEAPS")):
        parts.append(
            label(
                _LEFT + share * (width - _LEFT),
                552,
                name,
                18,
                _RED,
                text_anchor="middle",
                letter_spacing=4,
                font_weight=600,
            )
        )
    return parts


def _phase(x: float, y: float, r: float, kind: str) -> str:
    dark, light = circle(x, y, r, _INK), circle(x, y, r, "#fdfbf6", stroke=_INK, stroke_width=2)
    if kind == "new":
        return dark
    if kind == "full":
        return light
    side = 0 if kind == "first" else 1
    return light + tag("path", d=f"M{x} {y - r}A{r} {r} 0 0 {side} {x} {y + r}Z", fill=_INK)


def signals() -> str:
    """Four fog signals over six minutes: what a listener hears, as bars on a line."""
    width, height = 1720, 400
    left, span = 430.0, 1270.0
    rows: tuple[tuple[str, list[tuple[float, float]], str], ...] = (
        ("Under way, engine running", [(0, 5), (120, 5), (240, 5)], _RED),
        ("Under way, but stopped", [(10, 5), (17, 5), (130, 5), (137, 5), (250, 5), (257, 5)], "#6a5f86"),
        (
            "Sailing, fishing, towing",
            [(20, 5), (27, 1), (30, 1), (140, 5), (147, 1), (150, 1), (260, 5), (267, 1), (270, 1)],
            "#3f4862",
        ),
        ("At anchor: a bell", [(s + t, 0.5) for s in range(30, 360, 60) for t in range(5)], "#b98a34"),
    )
    parts = []
    for minute in range(7):
        x = left + span * minute / 6
        parts += [
            line((x, 18), (x, 350), _INK, 0.9, opacity=0.4),
            label(
                x,
                384,
                f"{minute} min",
                19,
                _INK,
                text_anchor="middle" if 0 < minute < 6 else ("start" if minute == 0 else "end"),
            ),
        ]
    for index, (name, blasts, shade) in enumerate(rows):
        y = 58 + index * 82
        parts += [label(0, y + 7, name, 22, _INK), line((left, y), (left + span, y), _INK, 1)]
        for start, long in blasts:
            wide = max(3.0, span * long / 360)
            parts.append(rect(left + span * start / 360, y - 27, wide, 54, shade, rx=2))
    return picture(width, height, parts)


def kedgeree() -> str:
    """A pan of rice from above, with fish, eggs, lemon and parsley."""
    width, height, x, y = 1720, 900, 820.0, 450.0
    random = Random(6)
    parts = [rect(0, 0, width, height, "#c98a1b")]
    for step in range(-20, 60):
        parts.append(line((step * 44.0, 0), (step * 44.0 - 420, 900), "#b97c14", 13))
    parts += [
        rect(1180, 414, 560, 74, _INK, rx=37),
        circle(x + 14, y + 18, 412, _INK, opacity=0.25),
        circle(x, y, 410, _INK),
        circle(x, y, 384, "#2c3d47"),
        circle(x, y, 366, "#f1c75b"),
    ]
    for _ in range(2300):
        angle, reach = random.uniform(0, 6.283), 356 * math.sqrt(random.random())
        px, py, turn = x + reach * math.cos(angle), y + reach * math.sin(angle), random.uniform(0, 3.14)
        end = (px + 13 * math.cos(turn), py + 13 * math.sin(turn))
        parts.append(
            line(
                (px, py), end, random.choice(("#fdf0c0", "#f8df90", "#e5ad35", "#fff8df")), 4.6, stroke_linecap="round"
            )
        )
    for _ in range(17):
        angle, reach = random.uniform(0, 6.283), 300 * math.sqrt(random.random())
        parts.append(_flake(random, x + reach * math.cos(angle), y + reach * math.sin(angle)))
    for step in range(6):
        angle = step * math.pi / 3 + 0.3
        parts.append(_egg(x + 222 * math.cos(angle), y + 222 * math.sin(angle), math.degrees(angle) + 40))
    for _ in range(60):
        angle, reach = random.uniform(0, 6.283), 335 * math.sqrt(random.random())
        px, py = x + reach * math.cos(angle), y + reach * math.sin(angle)
        parts += [
            circle(px + 9 * math.cos(t), py + 9 * math.sin(t), 7, random.choice(("#4f7a35", "#3c6329", "#6f9a48")))
            for t in (0.3, 2.3, 4.4)
        ]
    parts += [_lemon(210, 240, 118), _lemon(300, 620, 96), _lemon(x, y, 66)]
    return picture(width, height, parts)


def _flake(random: Random, x: float, y: float) -> str:
    turn = random.uniform(0, 360)
    shape = tag(
        "path", d="M-46 -8Q-14 -36 34 -20Q58 0 30 20Q-16 34 -46 -8Z", fill="#f8e7cf", stroke="#d79a55", stroke_width=4
    )
    lines = "".join(stroke(f"M{o} -24Q{o + 9} 0 {o - 2} 22", "#e2b98a", 2.4) for o in (-20, 0, 20))
    return tag("g", shape + lines, transform=f"translate({x:.0f} {y:.0f}) rotate({turn:.0f})")


def _egg(x: float, y: float, turn: float) -> str:
    white = tag(
        "path",
        d="M-52 0C-52 -46 16 -54 52 -20Q64 0 52 20C16 54 -52 46 -52 0Z",
        fill="#fffdf5",
        stroke="#e9dcc0",
        stroke_width=3,
    )
    yolk = circle(-8, 0, 27, "#f09a1a") + circle(-14, -7, 10, "#f9bb4e")
    return tag("g", white + yolk, transform=f"translate({x:.0f} {y:.0f}) rotate({turn:.0f})")


def _lemon(x: float, y: float, r: float) -> str:
    parts = [circle(x, y, r, "#f2c41d"), circle(x, y, r * 0.9, "#fff6d5")]
    for step in range(9):
        a, b = step * 6.2832 / 9 + 0.07, (step + 1) * 6.2832 / 9 - 0.07
        tip, near, far = (x + r * 0.1 * math.cos((a + b) / 2), y + r * 0.1 * math.sin((a + b) / 2)), r * 0.8, r * 0.86
        first = f"M{tip[0]:.1f} {tip[1]:.1f}L{x + near * math.cos(a):.1f} {y + near * math.sin(a):.1f}"
        crest = f"Q{x + far * math.cos((a + b) / 2):.1f} {y + far * math.sin((a + b) / 2):.1f}"
        bow = f"{first}{crest} {x + near * math.cos(b):.1f} {y + near * math.sin(b):.1f}Z"
        parts.append(tag("path", d=bow, fill="#f7d94f"))
    return "".join(parts)


def knitting() -> str:
    """Stitches of a jumper, close to: bands of stars, waves and ladders in three wools."""
    width, height, wide, high = 860, 1100, 20, 17
    columns, rows = width // wide + 1, height // high + 2
    wools = {"a": "#274f5a", "b": "#f3e7cf", "c": "#d6452b"}
    parts = [rect(0, 0, width, height, "#1d3f49")]
    runs: dict[str, list[str]] = {"a": [], "b": [], "c": []}
    for row in range(rows):
        for column in range(columns):
            x, y = column * wide, row * high
            left = f"M{x + 1} {y}L{x + 10} {y + 12}V{y + 25}L{x + 1} {y + 13}Z"
            right = f"M{x + 19} {y}L{x + 10} {y + 12}V{y + 25}L{x + 19} {y + 13}Z"
            runs[_wool(column, row)].append(left + right)
    parts += [tag("path", d="".join(paths), fill=wools[wool]) for wool, paths in runs.items()]
    return picture(width, height, parts)


def _wool(column: int, row: int) -> str:
    band, inside = divmod(row, 22)
    star = column % 14 - 7, inside - 9
    if inside in (0, 18):
        return "b" if column % 2 else "a"
    if inside in (1, 17):
        return "c"
    if 2 <= inside <= 16:
        across, down = abs(star[0]), abs(star[1])
        if across == down or (across == 0 and down < 7) or (down == 0 and across < 7):
            return "b"
        return "c" if across + down == 7 else "a"
    return "b" if (column + inside + band) % 4 == 0 else "a"


def rain() -> str:
    """Rain on a yellow ground, and a person in oilskins who does not mind."""
    width, height = 860, 1100
    random = Random(9)
    parts = [rect(0, 0, width, height, "#efb920")]
    for _ in range(900):
        x, y, long = random.uniform(-40, 1000), random.uniform(-60, 1120), random.uniform(16, 70)
        parts.append(line((x, y), (x - long * 0.30, y + long), "#17252e", random.choice((0.8, 1.2, 1.8)), opacity=0.5))
    coat = "M398 486C300 520 268 640 232 1100H684C652 640 616 520 518 486Z"
    arm = "M300 610C250 720 214 820 196 930L262 952C290 850 330 780 352 700Z"
    parts += [
        tag("path", d=coat, fill="#17252e"),
        tag("path", d=arm, fill="#20323d"),
        tag("path", d="M616 610C664 720 700 820 718 930L652 952C626 850 588 780 566 700Z", fill="#0e181f"),
    ]
    hood = "M346 500C310 330 380 262 458 262C536 262 606 330 570 500Q458 560 346 500Z"
    parts += [
        tag("path", d=hood, fill="#17252e"),
        tag("ellipse", cx=458, cy=408, rx=64, ry=84, fill="#d79a6c"),
        tag("path", d="M394 424Q458 560 522 424Q524 500 458 508Q392 500 394 424Z", fill="#efe3cf"),
    ]
    parts += [
        stroke("M424 402q10 -8 20 0M472 402q10 -8 20 0", _INK, 4),
        stroke("M446 446q12 8 24 0", "#8a4a2c", 4),
        stroke("M458 530V1100", "#efb920", 2.5),
    ]
    parts += [circle(458, 590 + step * 96, 11, "#efb920") for step in range(5)]
    parts += [rect(318, 800, 92, 14, "#0b141a"), rect(506, 800, 92, 14, "#0b141a")]
    return picture(width, height, parts)


def knot() -> str:
    """A figure-of-eight knot in tarred rope."""
    path = "M-20 150C160 150 250 60 350 60S520 240 620 240S760 60 660 60S450 240 350 240S220 60 320 110S560 150 900 150"
    parts = [
        stroke(path, "#2b1d12", 40, stroke_linecap="round"),
        stroke(path, "#d9a85e", 32),
        stroke(path, "#8b6230", 32, stroke_dasharray="2.5 9"),
    ]
    return picture(880, 300, parts)
