"""A few words for writing SVG: numbers rounded, elements nested, soft curves, bands of waves."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Any

Point = tuple[float, float]


def tag(name: str, inside: str = "", **attributes: Any) -> str:
    """An element; `_` in attribute names becomes `-`."""
    written = " ".join(f'{key.rstrip("_").replace("_", "-")}="{_value(value)}"' for key, value in attributes.items())
    return f"<{name} {written}>{inside}</{name}>"


def _value(value: object) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)


def picture(width: int, height: int, parts: Iterable[str], definitions: str = "") -> str:
    """A whole drawing, clipped to its own size."""
    clip = tag("clipPath", tag("rect", width=width, height=height), id="frame")
    body = tag("g", "".join(parts), clip_path="url(#frame)")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}">'
        f"<defs>{clip}{definitions}</defs>{body}</svg>"
    )


def gradient(name: str, stops: Sequence[tuple[float, str, float]], *, across: bool = False) -> str:
    """A gradient from top to bottom or from left to right; a stop is its place, colour and opacity."""
    inside = "".join(tag("stop", offset=place, stop_color=colour, stop_opacity=full) for place, colour, full in stops)
    end = {"x2": 1, "y2": 0} if across else {"x2": 0, "y2": 1}
    return tag("linearGradient", inside, id=name, x1=0, y1=0, **end)


def polygon(points: Sequence[Point], fill: str, **more: Any) -> str:
    """A filled shape with straight sides."""
    return tag("polygon", points=" ".join(f"{x:.1f},{y:.1f}" for x, y in points), fill=fill, **more)


def rect(x: float, y: float, width: float, height: float, fill: str, **more: Any) -> str:
    """A filled rectangle."""
    return tag("rect", x=x, y=y, width=width, height=height, fill=fill, **more)


def circle(x: float, y: float, radius: float, fill: str, **more: Any) -> str:
    """A filled circle."""
    return tag("circle", cx=x, cy=y, r=radius, fill=fill, **more)


def line(start: Point, end: Point, colour: str, width: float = 1.0, **more: Any) -> str:
    """A straight stroke."""
    return tag("line", x1=start[0], y1=start[1], x2=end[0], y2=end[1], stroke=colour, stroke_width=width, **more)


def stroke(path: str, colour: str, width: float, **more: Any) -> str:
    """A path that is drawn, not filled."""
    return tag("path", d=path, fill="none", stroke=colour, stroke_width=width, **more)


def label(x: float, y: float, words: str, size: float, colour: str, **more: Any) -> str:
    """Words in a drawing, set in the sans of the magazine."""
    return tag("text", words, x=x, y=y, font_family="Inter Tight", font_size=size, fill=colour, **more)


def smooth(points: Sequence[Point]) -> str:
    """Path commands of a soft curve through points (Catmull and Rom's spline as Bézier curves)."""
    path = f"M{points[0][0]:.1f} {points[0][1]:.1f}"
    for index in range(len(points) - 1):
        p0 = points[max(0, index - 1)]
        p1, p2 = points[index], points[index + 1]
        p3 = points[min(len(points) - 1, index + 2)]
        a = (p1[0] + (p2[0] - p0[0]) / 6, p1[1] + (p2[1] - p0[1]) / 6)
        b = (p2[0] - (p3[0] - p1[0]) / 6, p2[1] - (p3[1] - p1[1]) / 6)
        path += f"C{a[0]:.1f} {a[1]:.1f} {b[0]:.1f} {b[1]:.1f} {p2[0]:.1f} {p2[1]:.1f}"
    return path


def waves(width: int, top: float, bottom: float, count: int, ink: str, fills: Sequence[str], swell: float = 1.0) -> str:
    """A sea of lines, one before the other, wider apart and higher as they come near."""
    parts = []
    for index in range(count):
        near = index / (count - 1)
        base = top + (bottom - top) * near**1.55
        high = swell * (1.2 + 26 * near**1.3)
        long = 0.030 - 0.0235 * near**0.5
        points = []
        for x in range(-40, width + 60, 9 + int(11 * near)):
            roll = math.sin(x * long + index * 0.55) + 0.55 * math.sin(x * long * 2.3 - index * 0.83)
            crowd = 0.55 + 0.45 * math.sin(x * 0.0051 + index * 0.21)
            points.append((float(x), base - high * roll * crowd))
        fill = fills[min(len(fills) - 1, int(near * len(fills)))]
        shape = f"{smooth(points)}L{width + 60} {bottom + 90:.0f}L-40 {bottom + 90:.0f}Z"
        parts.append(tag("path", d=shape, fill=fill, stroke=ink, stroke_width=0.5 + 1.3 * near))
    return "".join(parts)
