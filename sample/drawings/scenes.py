"""Coasts, seas, lights and moons."""

from __future__ import annotations

import math
from random import Random

from drawings.svg import gradient, land, picture, polygon, ridge, smooth, tag


def lighthouse(x: float, base: float, height: float, colour: str, band: str, lamp: str) -> str:
    """A tower that narrows upwards, with a gallery and a lantern."""
    foot, neck = height * 0.13, height * 0.075
    top = base - height
    parts = [polygon([(x - foot, base), (x + foot, base), (x + neck, top), (x - neck, top)], colour)]
    for share in (0.22, 0.56):
        low, high = base - height * share, base - height * (share + 0.16)
        a, b = foot + (neck - foot) * share, foot + (neck - foot) * (share + 0.16)
        parts.append(polygon([(x - a, low), (x + a, low), (x + b, high), (x - b, high)], band))
    parts.append(tag("rect", x=x - neck * 1.5, y=top - height * 0.02, width=neck * 3, height=height * 0.022, fill=band))
    parts.append(
        tag("rect", x=x - neck * 0.8, y=top - height * 0.11, width=neck * 1.6, height=height * 0.09, fill=lamp)
    )
    roof = [(x - neck, top - height * 0.11), (x + neck, top - height * 0.11), (x, top - height * 0.19)]
    return "".join([*parts, polygon(roof, band)])


def beams(x: float, y: float, reach: float, colour: str) -> str:
    """Two beams of light from a lantern."""
    left = polygon([(x, y), (x - reach, y - reach * 0.16), (x - reach, y + reach * 0.10)], colour, opacity=0.28)
    right = polygon([(x, y), (x + reach, y - reach * 0.22), (x + reach, y + reach * 0.02)], colour, opacity=0.28)
    glow = "".join(tag("circle", cx=x, cy=y, r=reach * r, fill=colour, opacity=0.1) for r in (0.05, 0.1, 0.17))
    return left + right + glow


def cover() -> str:
    """A lit tower on a rock, night falling, the sea in bands."""
    width, height = 860, 1100
    random = Random(7)
    sky = [(0.0, "#0d2338"), (0.42, "#24506b"), (0.66, "#d98b5f"), (0.74, "#f4c98b")]
    parts = [tag("rect", width=width, height=height, fill="url(#sky)")]
    parts += [
        tag(
            "circle",
            cx=random.uniform(0, width),
            cy=random.uniform(0, 430),
            r=random.uniform(0.5, 1.7),
            fill="#fff",
            opacity=0.8,
        )
        for _ in range(120)
    ]
    parts.append(tag("circle", cx=650, cy=735, r=86, fill="#f8dca6"))
    parts.append(beams(360, 452, 900, "#fff1c4"))
    for index, shade in enumerate(("#1c4358", "#173a4e", "#123144", "#0e283a", "#0a1f2f", "#071826")):
        base = 790 + index * 52
        parts.append(land(ridge(random, width, base, 9 + index * 2, 16), height, shade))
        parts += [
            tag(
                "path",
                d=smooth([(x, base + 16 + d), (x + 34, base + 12 + d), (x + 70, base + 17 + d)]),
                fill="none",
                stroke="#f4c98b",
                stroke_width=1.2,
                opacity=0.35,
            )
            for x, d in ((random.uniform(360, 820), random.uniform(0, 26)) for _ in range(7))
        ]
    rock = [(160, 905), (208, 838), (262, 822), (318, 792), (404, 790), (452, 826), (520, 848), (574, 905)]
    parts.append(land(rock, 930, "#081521"))
    parts.append(lighthouse(360, 800, 330, "#f3eee2", "#b23a26", "#fff1c4"))
    return picture(width, height, parts, gradient("sky", sky))


def spread_sea() -> str:
    """A wide sea under a heavy sky, for the opener across the fold."""
    width, height = 1720, 1100
    random = Random(21)
    sky = [(0.0, "#223a45"), (0.35, "#5f7f86"), (0.55, "#c9c7b2"), (0.62, "#e9d9b4")]
    parts = [tag("rect", width=width, height=height, fill="url(#sky)")]
    for index in range(9):
        cloud = ridge(random, width, 90 + index * 46, 34, 9)
        parts.append(land(cloud, 90 + index * 46 + 120, "#1c333e", opacity=0.10))
    for index, shade in enumerate(("#8aa39b", "#6c8c8a", "#4f7479", "#386069", "#254c58", "#183b48", "#0f2c39")):
        parts.append(land(ridge(random, width, 655 + index * 62, 10 + index * 4, 22), height, shade))
    rock = [(1040, 770), (1098, 716), (1170, 706), (1228, 684), (1330, 690), (1388, 730), (1470, 772)]
    parts.append(land(rock, 800, "#13242b"))
    parts.append(lighthouse(1268, 700, 330, "#efe9dc", "#41565c", "#fff3cd"))
    for _ in range(26):
        x, y = random.uniform(60, 1660), random.uniform(130, 560)
        wing = random.uniform(7, 17)
        bird = smooth(
            [
                (x - wing, y - wing * 0.5),
                (x - wing * 0.4, y - wing * 0.7),
                (x, y),
                (x + wing * 0.4, y - wing * 0.7),
                (x + wing, y - wing * 0.5),
            ]
        )
        parts.append(tag("path", d=bird, fill="none", stroke="#14262d", stroke_width=1.6))
    return picture(width, height, parts, gradient("sky", sky))


def fog() -> str:
    """Hills that lose themselves in fog, with a horn on the cliff."""
    width, height = 1000, 620
    random = Random(4)
    parts = [tag("rect", width=width, height=height, fill="#e6e2d8")]
    for index, shade in enumerate(("#d8d6cd", "#c4c8c3", "#a9b3b2", "#87979a", "#5e7378", "#31474e")):
        parts.append(land(ridge(random, width, 210 + index * 66, 34 - index * 2, 7), height, shade, opacity=0.92))
    for ring in range(7):
        parts.append(
            tag(
                "circle",
                cx=214,
                cy=392,
                r=48 + ring * 52,
                fill="none",
                stroke="#b5532f",
                stroke_width=3 - ring * 0.35,
                opacity=0.85 - ring * 0.11,
            )
        )
    parts.append(polygon([(150, 430), (150, 380), (232, 352), (232, 440)], "#b5532f"))
    parts.append(tag("rect", x=96, y=382, width=58, height=120, fill="#20343b"))
    return picture(width, height, parts)


def moon(phase: float, size: int = 300) -> str:
    """The moon at a phase from 0 (new) to 1 (new again); the lit part by the ellipse of its terminator."""
    random = Random(11)
    radius = size * 0.42
    centre = size / 2
    lit = math.cos(2 * math.pi * phase)
    waxing = phase < 0.5
    outer = 1 if waxing else 0
    inner = 1 if (lit > 0) != waxing else 0
    path = (
        f"M{centre} {centre - radius}A{radius} {radius} 0 0 {outer} {centre} {centre + radius}"
        f"A{abs(lit) * radius:.2f} {radius} 0 0 {inner} {centre} {centre - radius}Z"
    )
    craters = "".join(
        tag(
            "circle",
            cx=centre + random.uniform(-0.7, 0.7) * radius,
            cy=centre + random.uniform(-0.7, 0.7) * radius,
            r=random.uniform(0.02, 0.13) * radius,
            fill="#b9b39e",
            opacity=0.5,
        )
        for _ in range(34)
    )
    clip = tag("clipPath", tag("path", d=path), id="lit")
    parts = [
        tag("rect", width=size, height=size, fill="#0d1b26"),
        tag("circle", cx=centre, cy=centre, r=radius, fill="#172a37"),
        tag("g", tag("path", d=path, fill="#efe8d2") + craters, clip_path="url(#lit)"),
    ]
    return picture(size, size, parts, clip)


def harbour() -> str:
    """Roofs, masts and their reflection."""
    width, height = 1000, 560
    random = Random(15)
    parts = [
        tag("rect", width=width, height=height, fill="#f1dfc2"),
        tag("circle", cx=770, cy=150, r=70, fill="#e8a667"),
    ]
    for index in range(13):
        x, tall = index * 82 - 20, random.uniform(90, 210)
        shade = ("#a9482f", "#d9b382", "#3e6a75", "#e8d6b5", "#27424d")[index % 5]
        parts.append(tag("rect", x=x, y=340 - tall, width=78, height=tall, fill=shade))
        parts.append(polygon([(x - 4, 340 - tall), (x + 82, 340 - tall), (x + 39, 300 - tall)], "#5b2c22"))
        parts += [
            tag(
                "rect",
                x=x + 12 + column * 24,
                y=352 - tall + row * 36,
                width=11,
                height=17,
                fill="#fbeecb",
                opacity=0.85,
            )
            for column in range(3)
            for row in range(int(tall // 44))
        ]
    parts.append(tag("rect", y=340, width=width, height=220, fill="#2e5f6c"))
    for _ in range(60):
        x, y = random.uniform(0, width), random.uniform(352, 550)
        parts.append(
            tag(
                "path",
                d=smooth([(x, y), (x + 20, y - 3), (x + 46, y)]),
                fill="none",
                stroke="#f1dfc2",
                stroke_width=1.4,
                opacity=0.35,
            )
        )
    for x in (120, 330, 560, 840):
        parts.append(tag("rect", x=x, y=210, width=4, height=190, fill="#26150f"))
        parts.append(polygon([(x + 8, 222), (x + 8, 378), (x + 76, 378)], "#fbf4e4"))
        parts.append(polygon([(x - 60, 396), (x + 86, 396), (x + 62, 428), (x - 38, 428)], "#7c2f21"))
    return picture(width, height, parts)
