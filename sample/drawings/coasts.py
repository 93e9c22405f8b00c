"""The cover and other large pictures of coasts: seas of lines, roofs, charts, a walker's map."""

from __future__ import annotations

import math
from itertools import pairwise
from random import Random

from drawings.svg import Point, circle, gradient, label, line, picture, polygon, rect, smooth, stroke, tag, waves
from drawings.towers import beam, tower

_INK, _RED, _CREAM = "#0f2530", "#d6452b", "#f7ecd6"


def cover() -> str:
    """A lit tower before a red evening, its light in rings as far as the paper goes."""
    width, height, x, lamp = 860, 1100, 520.0, 448.0
    sky = gradient("sky", [(0, "#b5301d", 1), (0.45, "#d9482c", 1), (0.74, "#ee7f4b", 1), (1, "#f3a765", 1)])
    light = gradient("light", [(0, "#fff3cf", 0), (1, "#fff3cf", 0.85)], across=True)
    parts = [rect(0, 0, width, height, "url(#sky)")]
    for ring in range(44):
        radius = 118.0 + ring * 17 + ring**1.5
        parts.append(circle(x, lamp, radius, "none", stroke="#ffd9a8", stroke_width=1.5, opacity=0.62 - ring * 0.0125))
    parts.append(circle(x, lamp, 106, "#fbe3b4"))
    parts.append(beam(x, lamp, (-120, 330), 92, "light"))
    parts.append(waves(width, 770, 842, 9, "#f4b67a", ("#8f2c24", "#6d2528", "#4b2029"), 0.5))
    rock = smooth(
        [(300, 905), (352, 838), (398, 826), (450, 806), (520, 800), (590, 808), (640, 832), (704, 846), (760, 905)]
    )
    parts.append(tag("path", d=rock + "L760 990L300 990Z", fill="#160f16"))
    parts.append(tower(x, 812, 334, "#fbf1de", "#c9836a", "#160f16", "#fff6da"))
    parts.append(waves(width, 852, 1120, 17, "#b9654c", ("#3d1c28", "#2f1826", "#221523", "#17111d"), 1.0))
    return picture(width, height, parts, sky + light)


def opener_sea() -> str:
    """The sea of the opener, to lie over a photograph of clouds; the tower stands beyond the fold."""
    width, height, x = 1720, 1100, 1236.0
    light = gradient("light", [(0, "#fff6d8", 0), (1, "#fff6d8", 0.8)], across=True)
    back = gradient("back", [(0, "#fff6d8", 0.5), (1, "#fff6d8", 0)], across=True)
    parts = [beam(x, 398, (120, 236), 96, "light"), beam(x, 398, (1780, 470), 52, "back")]
    parts.append(waves(width, 640, 700, 8, "#9fb9ae", ("#567a7c", "#456a70", "#365a63"), 0.5))
    rock = smooth(
        [(1010, 778), (1074, 728), (1130, 722), (1180, 702), (1290, 702), (1336, 722), (1402, 732), (1474, 778)]
    )
    parts.append(tag("path", d=rock + "L1474 830L1010 830Z", fill="#0b181e"))
    parts.append(tower(x, 712, 300, "#f4eddc", "#8fa09c", "#0b181e", "#fff8de"))
    parts.append(waves(width, 716, 1110, 21, "#6f9491", ("#2c4f59", "#24444f", "#1b3844", "#142d39", "#0e232e"), 1.25))
    return picture(width, height, parts, light + back)


def strip(kind: int) -> str:
    """A band of sea; 0 is evening, 1 is ink on paper, 2 is night."""
    inks = ("#e8925f", "#17313c", "#7fa3ad")[kind]
    fills = (("#6d2528", "#4b2029", "#2f1826"), ("#fbf8f1",), ("#173847", "#102c39", "#0c222d"))[kind]
    ground = ("#ee9d62", "#fbf8f1", "#25505f")[kind]
    return picture(1720, 520, [rect(0, 0, 1720, 520, ground), waves(1720, 60, 540, 24, inks, fills, 1.0)])


def harbour() -> str:
    """Gables on a quay with their reflection, in four colours."""
    width, height, quay = 1720, 760, 500
    random = Random(15)
    parts = [rect(0, 0, width, height, "#f4e2c3"), circle(1290, 190, 92, "#e98f57")]
    x, index = -30.0, 0
    houses, mirror = [], []
    while x < width:
        wide, tall = random.uniform(74, 122), random.uniform(150, 300)
        houses.append(
            _house(
                random,
                x,
                quay,
                wide,
                tall,
                ("#a9402a", "#e3b776", "#2f6470", "#efdcb8", "#1f3f4a", "#c9703f")[index % 6],
            )
        )
        mirror.append(
            rect(
                x + 4,
                quay,
                wide - 8,
                tall * 0.72,
                ("#7f382d", "#a58a62", "#24515d", "#a79c84", "#1a3945", "#8d543a")[index % 6],
                opacity=0.75,
            )
        )
        x, index = x + wide, index + 1
    parts += [*houses, rect(0, quay, width, 300, "#21505d"), *mirror]
    for step in range(34):
        y = quay + 6 + step * 7.8
        points = [(float(px), y + 2.2 * math.sin(px * 0.04 + step * 1.7)) for px in range(-20, width + 40, 22)]
        parts.append(stroke(smooth(points), "#21505d", 1.5 + step * 0.13))
    parts.append(rect(0, quay - 4, width, 12, "#3b2a22"))
    for boat, shade in ((150, _RED), (520, "#f4e2c3"), (960, "#e3b776"), (1390, _RED)):
        parts.append(_boat(float(boat), 640.0 if boat % 4 else 610.0, shade))
    return picture(width, height, parts)


def _house(random: Random, x: float, foot: float, wide: float, tall: float, shade: str) -> str:
    top, glass = foot - tall, "#fbeccb" if shade != "#efdcb8" else "#2f6470"
    parts = [rect(x, top, wide, tall, shade)]
    kind = random.choice(("gable", "steps", "curve"))
    if kind == "gable":
        parts.append(polygon([(x, top), (x + wide, top), (x + wide / 2, top - wide * 0.62)], shade))
    elif kind == "steps":
        parts += [
            rect(x + wide * s / 10, top - wide * 0.13 * s, wide * (1 - s / 5), wide * 0.14, shade) for s in range(1, 5)
        ]
    else:
        side = f"{top - wide * 0.5} {x + wide / 2} {top - wide * 0.56}"
        curve = f"M{x} {top}Q{x + wide * 0.12} {side}Q{x + wide * 0.88} {top - wide * 0.5} {x + wide} {top}Z"
        parts.append(tag("path", d=curve, fill=shade))
    parts.append(circle(x + wide / 2, top - wide * 0.12, wide * 0.07, glass))
    for row in range(int(tall // 58)):
        for column in range(3):
            lit = "#ffcf6b" if random.random() < 0.22 else glass
            parts.append(rect(x + wide * (0.15 + column * 0.28), top + 16 + row * 58, wide * 0.14, 32, lit))
    parts.append(rect(x + wide - 2, top, 2, tall, "#17252e", opacity=0.35))
    return "".join(parts)


def _boat(x: float, y: float, shade: str) -> str:
    deck = f"M{x - 92} {y}Q{x} {y + 14} {x + 100} {y - 6}Q{x + 80} {y + 42}"
    hull = f"{deck} {x + 46} {y + 46}H{x - 52}Q{x - 84} {y + 36} {x - 92} {y}Z"
    sail = [(x + 8, y - 196), (x + 8, y - 16), (x + 88, y - 22)]
    jib = [(x - 2, y - 178), (x - 2, y - 16), (x - 76, y - 10)]
    return "".join(
        [
            tag("path", d=hull, fill="#17252e"),
            polygon(sail, shade),
            polygon(jib, "#fbf3e1", opacity=0.92),
            rect(x + 1, y - 204, 5, 212, "#17252e"),
        ]
    )


def chart() -> str:
    """A sea chart: depth lines round two islands, soundings in figures, a compass rose, a light's sector."""
    width, height = 1720, 900
    random = Random(3)
    parts = [rect(0, 0, width, height, "#f3f4ec")]
    tones = ("#e6efee", "#d3e5e6", "#b9d6db", "#9cc5cf", "#eee0b7")
    for level, tone in enumerate(tones):
        for island in ((560.0, 470.0, 1.0, 0.0), (1180.0, 330.0, 0.62, 2.1)):
            parts.append(
                stroke("", "none", 0)
                + tag("path", d=_contour(island, level), fill=tone, stroke="#3d7f92", stroke_width=1.3)
            )
    parts.append(tag("path", d=_contour((560.0, 470.0, 1.0, 0.0), 4), fill="#eee0b7", stroke=_INK, stroke_width=3))
    parts.append(tag("path", d=_contour((1180.0, 330.0, 0.62, 2.1), 4), fill="#eee0b7", stroke=_INK, stroke_width=3))
    for _ in range(150):
        x, y = random.uniform(20, 1690), random.uniform(30, 880)
        far = min(math.hypot(x - 560, (y - 470) * 1.5), math.hypot(x - 1180, (y - 330) * 1.5) * 1.5)
        if far > 260:
            parts.append(label(x, y, str(int(far / 24 + random.uniform(-3, 4))), 15, "#3a5661", text_anchor="middle"))
    for step in range(73):
        parts.append(line((step * 24.0, 0), (step * 24.0, 18 if step % 5 == 0 else 10), _INK, 1.2))
    parts.append(_rose(1470.0, 640.0))
    parts.append(polygon([(1180, 330), (1660, 60), (1720, 250)], "#e8b93a", opacity=0.34))
    parts.append(circle(1180, 330, 8, _RED, stroke="#fff", stroke_width=2))
    parts.append(label(1130, 306, "Fl 5s 28m 18M", 18, _RED, font_weight=600))
    parts.append(label(500, 474, "HARK ISLAND", 25, _INK, letter_spacing=5))
    parts.append(stroke("M40 820L330 700L520 720L930 610L1120 560", _RED, 2.4, stroke_dasharray="12 8"))
    return picture(width, height, parts)


def _contour(island: tuple[float, float, float, float], level: int) -> str:
    x, y, size, turn = island
    points = []
    for step in range(48):
        angle = step / 48 * 2 * math.pi
        reach = (
            (395 - level * 62)
            + (58 - level * 7) * math.sin(3 * angle + turn)
            + 30 * math.sin(5 * angle + level * 0.25 + turn)
            + 10 * math.sin(11 * angle)
        )
        points.append((x + size * reach * 1.22 * math.cos(angle), y + size * reach * 0.74 * math.sin(angle)))
    return smooth([*points, points[0]]) + "Z"


def _rose(x: float, y: float) -> str:
    parts = [circle(x, y, r, "none", stroke=_RED, stroke_width=1.2) for r in (150, 132, 60)]
    for degree in range(0, 360, 5):
        long = 150 if degree % 30 == 0 else 141
        turn = math.radians(degree)
        parts.append(
            line(
                (x + 132 * math.sin(turn), y - 132 * math.cos(turn)),
                (x + long * math.sin(turn), y - long * math.cos(turn)),
                _RED,
                1.2,
            )
        )
    for step in range(16):
        turn, long = step * math.pi / 8, (126, 60, 92, 60)[step % 4]
        tip: Point = (x + long * math.sin(turn), y - long * math.cos(turn))
        for side, fill in ((-1, _RED), (1, "#f3f4ec")):
            foot = (x + 22 * math.sin(turn + side * 0.39), y - 22 * math.cos(turn + side * 0.39))
            parts.append(polygon([(x, y), foot, tip], fill, stroke=_RED, stroke_width=1))
    return "".join([*parts, label(x, y - 158, "N", 24, _RED, text_anchor="middle")])


def walks() -> str:
    """A walker's map of Harwick with five numbered lights."""
    width, height = 1100, 760
    random = Random(12)
    shore = [(0.0, 210.0)]
    while shore[-1][0] < width:
        x, y = shore[-1]
        shore.append((x + random.uniform(26, 60), max(140, min(470, y + random.uniform(-42, 56)))))
    parts = [rect(0, 0, width, height, "#e9e4cf")]
    for step in range(7, 0, -1):
        line_points = [(x, y - step * 22) for x, y in shore]
        parts.append(tag("path", d=smooth(line_points) + f"L{width + 60} -20L-20 -20Z", fill="#bcd9db", opacity=0.55))
    parts.append(
        tag(
            "path",
            d=smooth(shore) + f"L{width + 60} {height}L-20 {height}Z",
            fill="#efe8d0",
            stroke=_INK,
            stroke_width=3,
        )
    )
    parts += _moor()
    shore_at = _heights(shore, width)
    pier, light = (210.0, shore_at[210] - 78), (990.0, shore_at[990] - 2)
    parts.append(line((250.0, shore_at[250] + 12), pier, _INK, 9))
    parts += _town(random, shore_at)
    for x, y, words in ((150, 506, "HARWICK"), (860, 640, "SCAR MOOR"), (620, 190, "HARWICK BAY")):
        parts.append(label(x, y, words, 19, _INK, text_anchor="middle", letter_spacing=5))
    path = [
        (250.0, shore_at[250] + 20),
        (330.0, 420.0),
        (420.0, 480.0),
        (560.0, 470.0),
        (700.0, 600.0),
        (860.0, 560.0),
        light,
    ]
    parts.append(stroke(smooth(path), _RED, 4, stroke_dasharray="2 10", stroke_linecap="round"))
    for number, (x, y) in enumerate((pier, (700.0, 600.0), (420.0, 480.0), (560.0, 470.0), light), start=1):
        parts += [
            circle(x, y, 21, _RED, stroke="#fff", stroke_width=3),
            label(x, y + 8, str(number), 23, "#ffffff", text_anchor="middle", font_weight=600),
        ]
    return picture(width, height, parts)


def back() -> str:
    """The back cover: stars, and a sea of lines by night."""
    width, height = 860, 1100
    random = Random(2)
    sky = gradient("sky", [(0, "#07151d", 1), (0.6, "#12303d", 1), (1, "#1d4a58", 1)])
    parts = [rect(0, 0, width, height, "url(#sky)")]
    parts += [
        circle(
            random.uniform(0, width),
            780 * random.random() ** 1.4,
            random.choice((0.6, 0.9, 1.6)),
            "#fdf2d8",
            opacity=0.8,
        )
        for _ in range(420)
    ]
    parts.append(waves(width, 790, 1120, 26, "#6f9aa5", ("#173c49", "#133440", "#0f2b37", "#0b222d"), 0.9))
    return picture(width, height, parts, sky)


def _moor() -> list[str]:
    """The lines of a hill."""
    parts = []
    for ring in range(9):
        hill = [
            (
                760 + (52 + ring * 26) * 1.3 * math.cos(a / 5) + 14 * math.sin(a),
                600 + (44 + ring * 20) * 0.72 * math.sin(a / 5),
            )
            for a in range(33)
        ]
        parts.append(stroke(smooth(hill), "#b69d69", 1.1, opacity=0.7))
    return parts


def _heights(shore: list[Point], width: int) -> list[float]:
    """How far down the shore is, for every x."""
    heights = [0.0] * width
    for (x0, y0), (x1, y1) in pairwise(shore):
        for x in range(max(0, int(x0)), min(width, int(x1) + 1)):
            heights[x] = y0 + (y1 - y0) * (x - x0) / (x1 - x0)
    return heights


def _town(random: Random, shore: list[float]) -> list[str]:
    """Houses in streets, none of them in the sea or on the path."""
    houses = []
    for street in range(6):
        for house in range(9):
            x, y = 96 + house * 24 + street * 5, shore[250] + 34 + street * 21
            if random.random() < 0.78 and y > shore[x] + 22 and abs(x - 262 - street * 8) > 16:
                houses.append(rect(x, y, random.uniform(10, 19), random.uniform(9, 14), _INK, opacity=0.8))
    return houses
