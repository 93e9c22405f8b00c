"""A few words for writing SVG: numbers rounded, elements nested, random numbers that are the same each time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from random import Random

Point = tuple[float, float]


def tag(name: str, inside: str = "", **attributes: object) -> str:
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


def gradient(name: str, stops: Sequence[tuple[float, str]], *, radial: bool = False) -> str:
    """A gradient from top to bottom, or from the middle outwards."""
    inside = "".join(tag("stop", offset=place, stop_color=colour) for place, colour in stops)
    if radial:
        return tag("radialGradient", inside, id=name)
    return tag("linearGradient", inside, id=name, x1=0, y1=0, x2=0, y2=1)


def polygon(points: Sequence[Point], fill: str, **more: object) -> str:
    """A filled shape with straight sides."""
    return tag("polygon", points=" ".join(f"{x:.1f},{y:.1f}" for x, y in points), fill=fill, **more)


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


def ridge(random: Random, width: int, base: float, swing: float, steps: int) -> list[Point]:
    """Points of an uneven line across the drawing: hills, waves, cliffs."""
    return [(width * step / steps, base + random.uniform(-swing, swing)) for step in range(-1, steps + 2)]


def land(points: Sequence[Point], floor: float, fill: str, **more: object) -> str:
    """Everything below a ridge, filled."""
    path = f"{smooth(points)}L{points[-1][0]:.1f} {floor:.1f}L{points[0][0]:.1f} {floor:.1f}Z"
    return tag("path", d=path, fill=fill, **more)
