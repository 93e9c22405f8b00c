"""Lighthouses: the tower on its rock, its section, a course of its stones, its lens."""

from __future__ import annotations

import math

from drawings.svg import Point, circle, label, line, picture, polygon, rect, stroke, tag

_INK, _RED = "#17252e", "#d6452b"


def half_width(share: float, foot: float) -> float:
    """Half the width of the tower at a height from 0 to 1: broad at the foot like an oak, slender above."""
    return foot * (0.40 + 0.60 * math.pow(1 - share, 2.6))


def tower(x: float, base: float, tall: float, light: str, shade: str, dark: str, lamp: str) -> str:
    """A white tower with its courses, gallery, lantern and dome, lit from the left."""
    foot, top = tall * 0.165, base - tall
    heights = [step / 30 for step in range(31)]
    left = [(x - half_width(h, foot), base - tall * h) for h in heights]
    right = [(x + half_width(h, foot), base - tall * h) for h in reversed(heights)]
    middle = [(x + half_width(h, foot) * 0.16, base - tall * h) for h in heights]
    parts = [polygon([*left, *right], light), polygon([*middle, *right], shade)]
    for step in range(1, 34):
        share = step / 34
        half, y = half_width(share, foot), base - tall * share
        parts.append(line((x - half, y), (x + half, y), dark, 0.7, opacity=0.28))
    for share in (0.30, 0.47, 0.64, 0.81):
        parts.append(rect(x - tall * 0.011, base - tall * share, tall * 0.022, tall * 0.034, dark, rx=1.5))
    neck = half_width(1, foot)
    parts.append(_lantern(x, top, neck, tall, dark, lamp))
    return "".join(parts)


def _lantern(x: float, top: float, neck: float, tall: float, dark: str, lamp: str) -> str:
    gallery, glass = neck * 1.5, neck * 0.82
    high = tall * 0.105
    parts = [
        polygon(
            [(x - gallery, top), (x + gallery, top), (x + neck, top + tall * 0.03), (x - neck, top + tall * 0.03)], dark
        ),
        rect(x - glass, top - high, glass * 2, high, lamp),
    ]
    for step in range(5):
        left = x - glass + step * glass / 2
        parts.append(line((left, top), (left, top - high), dark, tall * 0.004))
        if step < 4:
            parts.append(line((left, top), (left + glass / 2, top - high), dark, tall * 0.0025))
            parts.append(line((left + glass / 2, top), (left, top - high), dark, tall * 0.0025))
    for step in range(9):
        post = x - gallery + step * gallery / 4
        parts.append(line((post, top), (post, top - tall * 0.032), dark, tall * 0.003))
    parts.append(line((x - gallery, top - tall * 0.032), (x + gallery, top - tall * 0.032), dark, tall * 0.004))
    dome = f"M{x - glass * 1.15} {top - high}A{glass * 1.15} {glass * 1.05} 0 0 1 {x + glass * 1.15} {top - high}Z"
    parts.append(tag("path", d=dome, fill=dark))
    parts.append(rect(x - tall * 0.004, top - high - glass * 1.6, tall * 0.008, glass * 0.8, dark))
    parts.append(circle(x, top - high - glass * 1.08, tall * 0.012, dark))
    return "".join(parts)


def beam(x: float, y: float, far: Point, spread: float, name: str) -> str:
    """A wedge of light from a lantern to a far point; `name` is the gradient that fills it."""
    return polygon([(x, y - 3), (far[0], far[1] - spread), (far[0], far[1] + spread), (x, y + 3)], f"url(#{name})")


def section() -> str:
    """The Bell Rock tower cut open: solid below, six rooms and a lantern above."""
    width, height, x, base, tall, foot = 560, 980, 218.0, 900.0, 700.0, 128.0
    heights = [step / 40 for step in range(41)]
    outline = [(x - half_width(h, foot), base - tall * h) for h in heights]
    outline += [(x + half_width(h, foot), base - tall * h) for h in reversed(heights)]
    parts = [polygon(outline, "#efe7d6", stroke=_INK, stroke_width=3)]
    for step in range(1, 18):
        y, half = base - tall * step * 0.0185, half_width(step * 0.0185, foot)
        parts.append(line((x - half, y), (x + half, y), _INK, 1, opacity=0.6))
        count = 7 - step // 4
        for joint in range(1, count):
            offset = (joint + (step % 2) * 0.5) / count * 2 - 1
            if abs(offset) < 1:
                parts.append(
                    line((x + half * offset, y), (x + half * offset, y + tall * 0.0185), _INK, 0.9, opacity=0.5)
                )
    names = (
        "Store for water, fuel",
        "Oil in iron tanks",
        "Kitchen, with the only fire",
        "Beds for three, curved",
        "A bed for the stranger",
        "Library",
    )
    for index, name in enumerate(names):
        low = 0.36 + index * 0.104
        half = half_width(low + 0.05, foot) * 0.60
        y = base - tall * (low + 0.088)
        vault = f"M{x - half} {y + 56}V{y + 12}Q{x} {y - 12} {x + half} {y + 12}V{y + 56}Z"
        parts.append(tag("path", d=vault, fill="#ffffff", stroke=_INK, stroke_width=1.6))
        parts.append(line((x + half + 6, y + 34), (360, y + 34), _RED, 1.2))
        parts.append(circle(x + half * 0.4, y + 34, 3.4, _RED))
        parts.append(line((x + half * 0.4, y + 34), (x + half + 6, y + 34), _RED, 1.2))
        parts.append(label(368, y + 40, name, 17, _INK))
    parts.append(_lantern(x, base - tall, half_width(1, foot), tall, _INK, "#f6cf6b"))
    rock = [(0, 980), (0, 922), (60, 900), (96, 908), (330, 900), (400, 915), (470, 905), (560, 940), (560, 980)]
    parts.append(polygon(rock, "#6d4a3d"))
    for y, words in ((790.0, "High water, spring tides"), (700.0, "Solid stone to here")):
        parts.append(line((10, y), (550, y), "#2f6f8a", 1.4, stroke_dasharray="7 5"))
        parts.append(label(368, y - 8, words, 17, "#1f566d"))
    parts.append(label(368, base - tall - 30, "Lantern", 17, _INK))
    return picture(width, height, parts)


def course() -> str:
    """A course of the tower from above: rings of dovetailed stones around a cross-shaped middle."""
    size, middle = 640, 320.0
    parts = []
    rings = ((62.0, 138.0, 8), (138.0, 222.0, 16), (222.0, 304.0, 16))
    tones = ("#f3ebda", "#e4d7bd", "#d9c6a3", "#efe3cb")
    for ring, (inner, outer, count) in enumerate(rings):
        edges = [
            _dovetail(middle, inner, outer, (block + 0.5 * (ring % 2)) / count * 2 * math.pi, 0.33 / count)
            for block in range(count + 1)
        ]
        for block in range(count):
            points = [
                *edges[block],
                *_arc(middle, outer, edges[block][-1], edges[block + 1][-1]),
                *reversed(edges[block + 1]),
            ]
            parts.append(
                polygon(points, tones[(block * 3 + ring) % 4], stroke=_INK, stroke_width=2.4, stroke_linejoin="round")
            )
            angle = (block + 0.5 + 0.5 * (ring % 2)) / count * 2 * math.pi
            mid = (inner + outer) / 2 + 8
            parts.append(circle(middle + mid * math.cos(angle), middle + mid * math.sin(angle), 4.5, _INK))
    parts.append(circle(middle, middle, 62, "#f3ebda", stroke=_INK, stroke_width=2.4))
    parts.append(rect(middle - 22, middle - 22, 44, 44, _RED))
    parts.append(circle(middle, middle, 305, "none", stroke=_INK, stroke_width=4))
    return picture(size, size, parts)


def _dovetail(middle: float, inner: float, outer: float, angle: float, key: float) -> list[Point]:
    """The joint between two stones: a straight line with a tail in it."""
    low, high = inner + (outer - inner) * 0.36, inner + (outer - inner) * 0.66
    steps = ((inner, 0.0), (low, 0.0), (low, key * 1.2), (high, key * 2.4), (high, 0.0), (outer, 0.0))
    return [(middle + r * math.cos(angle + a), middle + r * math.sin(angle + a)) for r, a in steps]


def _arc(middle: float, radius: float, start: Point, end: Point) -> list[Point]:
    first = math.atan2(start[1] - middle, start[0] - middle)
    last = math.atan2(end[1] - middle, end[0] - middle)
    last += 2 * math.pi if last < first else 0
    return [
        (middle + radius * math.cos(a), middle + radius * math.sin(a))
        for a in (first + (last - first) * t / 8 for t in range(1, 8))
    ]


def lens() -> str:
    """Fresnel's lens from the front: rings about a bull's eye, prisms above and below, in a brass frame."""
    width, height, x, y = 420, 620, 210.0, 310.0
    parts = [rect(0, 0, width, height, "#102a33"), circle(x, y, 30, "#fff1c2")]
    for ring in range(13):
        radius, shine = 38.0 + ring * 11.5, 0.95 - ring * 0.052
        parts.append(circle(x, y, radius, "none", stroke="#bfe3da", stroke_width=5.5, opacity=shine))
        parts.append(circle(x, y, radius + 3.4, "none", stroke="#f6cf6b", stroke_width=1.2, opacity=shine))
    for step in range(1, 8):
        for side in (-1, 1):
            half, at = 178.0 - step * 14, y + side * (176 + step * 14)
            bow = f"M{x - half} {at}Q{x} {at + side * 24} {x + half} {at}"
            parts.append(stroke(bow, "#bfe3da", 6, opacity=0.75 - step * 0.07))
            parts.append(stroke(bow, "#f6cf6b", 1.2, opacity=0.9))
    upper = f"M{x - 190} {y - 150}L{x - 70} 24H{x + 70}L{x + 190} {y - 150}"
    frame = f"{upper}V{y + 150}L{x + 70} 596H{x - 70}L{x - 190} {y + 150}Z"
    parts.append(stroke(frame, "#c79a45", 7, stroke_linejoin="round"))
    return picture(width, height, parts)
