"""The twelve things of the shop, drawn plainly, each on its own ground with a shadow."""

from __future__ import annotations

import math

from drawings.svg import circle, line, picture, polygon, rect, smooth, stroke, tag

_INK, _SEA, _RED, _BRASS, _CREAM = "#17252e", "#2f6470", "#d6452b", "#c99a3f", "#f8f0de"
_GROUNDS = ("#ece3cf", "#d9e4e2", "#f0ddcf", "#e3e1d2")


def goods(kind: int) -> str:
    """One thing from the shop; `kind` 0 to 11."""
    draw = (_lamp, _mat, _jumper, _mug, _compass, _diary, _bell, _bag, _print, _glass, _tin, _whistle)[kind]
    shadow = tag("ellipse", cx=204, cy=336, rx=124, ry=13, fill=_INK, opacity=0.13)
    return picture(400, 400, [rect(0, 0, 400, 400, _GROUNDS[kind % 4]), shadow, *draw()])


def _lamp() -> list[str]:
    parts = [stroke("M152 112C140 22 260 22 248 112", _INK, 7), rect(150, 128, 100, 150, "#f8d98c", rx=14)]
    parts += [circle(200, 206, r, "#fff7da", opacity=o) for r, o in ((44, 0.5), (28, 0.7), (13, 1))]
    parts += [line((x, 130), (x, 276), _INK, 4) for x in (150, 183, 217, 250)]
    parts += [polygon([(140, 128), (260, 128), (232, 94), (168, 94)], _BRASS), rect(134, 272, 132, 22, _BRASS, rx=5)]
    return [*parts, rect(122, 292, 156, 44, _INK, rx=8), circle(200, 314, 9, _BRASS)]


def _mat() -> list[str]:
    parts = []
    for turn in range(6):
        points = []
        for step in range(97):
            angle = step / 96 * 2 * math.pi
            reach = 66 + turn * 13 + 26 * math.cos(6 * angle)
            points.append((200 + reach * 1.08 * math.cos(angle), 204 + reach * 0.9 * math.sin(angle)))
        parts += [
            stroke(smooth(points) + "Z", "#7d5830", 12),
            stroke(smooth(points) + "Z", "#d0a062", 8.5, stroke_dasharray="8 2.5"),
        ]
    return parts


def _jumper() -> list[str]:
    body = "M150 96Q200 122 250 96L296 122L352 262L312 280L272 196V318H128V196L88 280L48 262L104 122Z"
    parts = [tag("path", d=body, fill=_SEA)]
    for row in range(4):
        y = 148 + row * 17
        parts.append(stroke(smooth([(132.0 + s * 8.5, y + (5 if s % 2 else -5)) for s in range(17)]), _CREAM, 3))
    parts += [rect(128, 302, 144, 18, "#214c57"), stroke("M152 97Q200 128 248 97", "#214c57", 11)]
    parts += [line((x, 303), (x, 319), _SEA, 2) for x in range(134, 272, 8)]
    return parts


def _mug() -> list[str]:
    parts = [
        stroke("M262 168C334 160 334 272 258 268", _CREAM, 20),
        stroke("M262 168C334 160 334 272 258 268", _RED, 3),
    ]
    parts += [tag("path", d="M112 128H270L262 312Q258 332 238 332H144Q124 332 120 312Z", fill=_CREAM)]
    parts += [tag("path", d="M226 128H270L262 312Q258 332 238 332H214Z", fill="#dccfb4", opacity=0.6)]
    return [
        *parts,
        tag("ellipse", cx=191, cy=128, rx=79, ry=15, fill=_INK),
        stroke("M112 128A79 15 0 1 0 270 128A79 15 0 1 0 112 128", _RED, 5),
    ]


def _compass() -> list[str]:
    parts = [circle(200, 204, 126, _INK), circle(200, 204, 122, _BRASS), circle(200, 204, 104, _CREAM)]
    for step in range(72):
        angle, long = step * math.pi / 36, 14 if step % 9 == 0 else 7
        parts.append(
            line(
                (200 + 96 * math.sin(angle), 204 - 96 * math.cos(angle)),
                (200 + (96 - long) * math.sin(angle), 204 - (96 - long) * math.cos(angle)),
                _INK,
                1.8,
            )
        )
    for step in range(8):
        angle, long = step * math.pi / 4, 76 if step % 2 == 0 else 46
        tip = (200 + long * math.sin(angle), 204 - long * math.cos(angle))
        for side, fill in ((-0.36, _RED if step == 0 else _INK), (0.36, "#fff")):
            foot = (200 + 17 * math.sin(angle + side), 204 - 17 * math.cos(angle + side))
            parts.append(polygon([(200, 204), foot, tip], fill, stroke=_INK, stroke_width=1))
    return [
        *parts,
        circle(200, 204, 7, _BRASS),
        tag("path", d="M128 132A102 102 0 0 1 250 116A122 122 0 0 0 112 190Z", fill="#fff", opacity=0.35),
    ]


def _diary() -> list[str]:
    parts = [
        rect(112, 70, 190, 266, "#8f2e1c", rx=5),
        rect(118, 70, 190, 262, _RED, rx=5),
        rect(118, 70, 22, 262, "#b23621"),
    ]
    parts += [
        stroke(smooth([(158.0 + s * 10, 196 + 30 * math.sin(s * 0.95 + o)) for s in range(14)]), "#f8e6c8", 3)
        for o in (0, 0.5, 1.0)
    ]
    return [*parts, rect(158, 106, 128, 5, "#f8e6c8"), rect(158, 118, 86, 5, "#f8e6c8"), rect(262, 70, 9, 282, _BRASS)]


def _bell() -> list[str]:
    bell = "M200 92C134 92 146 236 104 296Q200 322 296 296C254 236 266 92 200 92Z"
    shine = "M236 104C262 140 258 236 296 296Q262 308 232 311C252 250 250 140 222 94Z"
    return [
        stroke("M200 92V72A20 20 0 1 1 201 72", _INK, 7),
        circle(200, 316, 19, "#7d5f22"),
        tag("path", d=bell, fill=_BRASS),
        tag("path", d=shine, fill="#8e6a24", opacity=0.6),
        stroke("M112 284Q200 308 288 284", "#8e6a24", 4),
        stroke("M142 200Q200 212 258 200", "#8e6a24", 3),
    ]


def _bag() -> list[str]:
    parts = [
        stroke("M148 146C148 48 252 48 252 146", _SEA, 11),
        polygon([(106, 138), (294, 138), (308, 334), (92, 334)], _CREAM),
    ]
    parts += [polygon([(294, 138), (308, 334), (270, 334), (268, 138)], "#dccfb4")]
    parts += [
        stroke(
            "M200 196V292M200 292C168 290 154 272 152 250M200 292C232 290 246 272 248 250M178 214H222",
            _SEA,
            10,
            stroke_linecap="round",
        )
    ]
    return [
        *parts,
        circle(200, 186, 11, "none", stroke=_SEA, stroke_width=7),
        polygon([(140, 262), (152, 238), (166, 260)], _SEA),
        polygon([(234, 260), (248, 238), (260, 262)], _SEA),
    ]


def _print() -> list[str]:
    parts = [
        rect(104, 58, 196, 276, _INK),
        rect(112, 66, 180, 260, _CREAM),
        rect(130, 84, 144, 206, "#1d3a4a"),
        circle(214, 142, 32, "#f4d58d"),
    ]
    for step in range(13):
        points = [(130.0 + s * 9, 200 + step * 7.4 + (1 + step * 0.35) * math.sin(s * 1.1 + step)) for s in range(17)]
        parts.append(stroke(smooth(points), "#f4d58d" if step % 3 == 1 else "#7fb0b4", 1.8))
    return [*parts, rect(130, 302, 44, 4, _INK, opacity=0.5), rect(244, 302, 30, 4, _INK, opacity=0.5)]


def _glass() -> list[str]:
    tubes = ((70, 108, 32, _BRASS), (160, 98, 41, "#7a3f26"), (252, 84, 52, _BRASS))
    parts = [rect(x, 204 - half, 100, half * 2, shade, rx=4) for x, _, half, shade in tubes]
    parts += [rect(x, 204 - half - 4, 14, half * 2 + 8, "#8e6a24", rx=3) for x, _, half, _ in tubes]
    parts += [rect(338, 204 - 60, 18, 120, "#8e6a24", rx=3), rect(70, 182, 282, 9, "#fff", opacity=0.28)]
    return [tag("g", "".join(parts), transform="rotate(-28 200 204)")]


def _tin() -> list[str]:
    parts = [
        rect(66, 132, 268, 160, "#9fb0b3", rx=38),
        rect(66, 120, 268, 160, "#d7dedd", rx=38),
        rect(80, 132, 240, 136, _SEA, rx=30),
    ]
    for row, shade in enumerate((_CREAM, "#f4d58d", _CREAM)):
        y = 165 + row * 36
        fish = f"M112 {y}Q190 {y - 25} 262 {y}L292 {y - 14}V{y + 14}L262 {y}Q190 {y + 25} 112 {y}Z"
        parts += [
            tag("path", d=fish, fill=shade),
            circle(136, y - 3, 3.4, _INK),
            stroke(f"M152 {y - 10}Q160 {y} 152 {y + 10}", _SEA, 2.4),
        ]
    return parts


def _whistle() -> list[str]:
    parts = [
        stroke("M300 146C356 92 330 40 250 62S120 60 92 96", _RED, 9),
        stroke("M300 146C356 92 330 40 250 62S120 60 92 96", "#fff", 2, stroke_dasharray="10 14"),
    ]
    parts += [
        tag(
            "path",
            d="M78 176H246C318 176 338 222 326 268C312 320 236 330 206 284C192 262 196 240 172 240H78Z",
            fill=_BRASS,
        )
    ]
    return [
        *parts,
        rect(78, 176, 30, 64, "#8e6a24"),
        polygon([(168, 176), (206, 176), (188, 208)], _INK),
        circle(264, 256, 34, "#8e6a24"),
        circle(264, 256, 25, "#b98a34"),
        circle(300, 168, 11, "none", stroke=_INK, stroke_width=5),
    ]


def lamp_alone() -> str:
    """The lamp without a ground, for its advertisement."""
    return picture(400, 400, _lamp())
