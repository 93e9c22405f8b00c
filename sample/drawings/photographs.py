"""Pictures such as a camera takes, made from layered noise: skies, seas, fog, ice, and the moon at its phases."""

from __future__ import annotations

import math
from itertools import pairwise
from random import Random

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageOps

Colour = tuple[int, int, int]


def colour(name: str) -> Colour:
    """`#rrggbb` as three numbers."""
    return int(name[1:3], 16), int(name[3:5], 16), int(name[5:7], 16)


def noise(random: Random, size: tuple[int, int], cell: tuple[float, float]) -> Image.Image:
    """Soft grey noise whose lumps are about `cell` pixels wide and high."""
    small = (int(size[0] / cell[0]) + 4, int(size[1] / cell[1]) + 4)
    rough = Image.frombytes("L", small, random.randbytes(small[0] * small[1]))
    return rough.resize(size, Image.Resampling.BICUBIC)


def layered(random: Random, size: tuple[int, int], cell: tuple[float, float], octaves: int = 6) -> Image.Image:
    """Noise over noise, each half as large as the one before: clouds, water, dust."""
    result = noise(random, size, cell)
    for octave in range(1, octaves):
        share = 2.0**octave
        finer = noise(random, size, (max(1.0, cell[0] / share), max(1.0, cell[1] / share)))
        result = Image.blend(result, finer, 0.62 / (octave + 1))
    return ImageOps.autocontrast(result, cutoff=1)


def fade(size: tuple[int, int], stops: list[tuple[float, str]]) -> Image.Image:
    """Colours from top to bottom."""
    strip = Image.new("RGB", (1, size[1]))
    for y in range(size[1]):
        strip.putpixel((0, y), _between(stops, y / (size[1] - 1)))
    return strip.resize(size)


def _between(stops: list[tuple[float, str]], place: float) -> Colour:
    for (low, first), (high, second) in pairwise(stops):
        if place <= high:
            share = (place - low) / (high - low)
            a, b = colour(first), colour(second)
            return tuple(round(x + (y - x) * share) for x, y in zip(a, b, strict=True))  # type: ignore[return-value]
    return colour(stops[-1][1])


def water(random: Random, size: tuple[int, int]) -> Image.Image:
    """The surface of a sea in perspective, grey, from the horizon at the top to the feet of who looks."""
    width, height = size
    flat = layered(random, (1800, 1500), (70, 22), 5)
    near = height * 0.10
    spread = 1700 / width
    coefficients = (spread, 900 / near, 900 - spread * width / 2, 0.0, 0.0, 1480.0, 0.0, 1 / near)
    return ImageOps.autocontrast(
        flat.transform(size, Image.Transform.PERSPECTIVE, coefficients, Image.Resampling.BICUBIC), cutoff=1
    )


def profile(random: Random, width: int, cell: float, octaves: int) -> list[float]:
    """An uneven line, from 0 to 1, for every pixel of a width: hills, headlands."""
    middle = layered(random, (width, 8), (cell, 8), octaves).crop((0, 4, width, 5))
    return [level / 255 for level in middle.tobytes()]


def curve(image: Image.Image, low: float, high: float, gamma: float = 1.0) -> Image.Image:
    """Grey values between `low` and `high` (0 to 1) spread over the whole range."""
    table = [round(255 * min(1.0, max(0.0, (value / 255 - low) / (high - low))) ** gamma) for value in range(256)]
    return image.point(table)


def tint(image: Image.Image, name: str, mask: Image.Image) -> Image.Image:
    """The picture with a colour laid over it where the mask is light."""
    return Image.composite(Image.new("RGB", image.size, colour(name)), image, mask)


def grain(image: Image.Image, random: Random, strength: float = 0.035) -> Image.Image:
    """The picture with the grain of film."""
    dust = Image.frombytes("L", image.size, random.randbytes(image.size[0] * image.size[1]))
    dust = dust.filter(ImageFilter.GaussianBlur(0.6))
    return Image.blend(
        image, ImageChops.overlay(image, Image.merge("RGB", [ImageOps.autocontrast(dust)] * 3)), strength * 4
    )


def spot(
    size: tuple[int, int], centre: tuple[float, float], radius: tuple[float, float], power: float = 2.0
) -> Image.Image:
    """A soft light: white in the middle, black outside."""
    glow = ImageOps.invert(Image.radial_gradient("L"))
    table = [round(255 * (max(0.0, (value - 75) / 180)) ** power) for value in range(256)]
    glow = glow.point(table).resize((round(radius[0] * 2), round(radius[1] * 2)), Image.Resampling.BICUBIC)
    canvas = Image.new("L", size)
    canvas.paste(glow, (round(centre[0] - radius[0]), round(centre[1] - radius[1])))
    return canvas


def dusk(width: int = 1700, height: int = 1000) -> Image.Image:
    """Evening over open water; a far tower is lit."""
    random = Random(31)
    horizon = round(height * 0.50)
    sky = fade((width, horizon), [(0, "#26384a"), (0.45, "#6b6d7b"), (0.8, "#d69a78"), (1, "#f6c58c")])
    clouds = curve(layered(random, sky.size, (620, 66), 6), 0.46, 0.95)
    sky = tint(sky, "#2b3444", clouds.point([value * 6 // 10 for value in range(256)]))
    sun = spot(sky.size, (width * 0.66, horizon), (width * 0.5, horizon * 0.8))
    sky = tint(sky, "#ffdca4", sun.point([value * 6 // 10 for value in range(256)]))
    sea_size = (width, height - horizon)
    sea = fade(sea_size, [(0, "#d9a67e"), (0.12, "#8c7c7c"), (0.5, "#3c4b58"), (1, "#141f2a")])
    surface = water(random, sea_size)
    sea = tint(
        sea, "#101b26", curve(ImageOps.invert(surface), 0.42, 1.0).point([value * 7 // 10 for value in range(256)])
    )
    path = spot(sea_size, (width * 0.66, 0), (width * 0.32, sea_size[1] * 1.1), 1.2)
    sea = tint(sea, "#ffd9a0", ImageChops.multiply(path, curve(surface, 0.5, 0.78)))
    whole = Image.new("RGB", (width, height))
    whole.paste(sky, (0, 0))
    whole.paste(sea, (0, horizon))
    whole = _far_tower(whole, width * 0.30, horizon + 2, height * 0.075)
    return grain(whole, random)


def _far_tower(image: Image.Image, x: float, foot: float, tall: float) -> Image.Image:
    draw = ImageDraw.Draw(image)
    base, neck, top = tall * 0.10, tall * 0.055, foot - tall
    draw.ellipse((x - tall * 0.55, foot - 4, x + tall * 0.6, foot + 6), fill="#1d2630")
    draw.polygon([(x - base, foot), (x - neck, top), (x + neck, top), (x + base, foot)], fill="#232c37")
    draw.rectangle((x - neck * 1.6, top - 2, x + neck * 1.6, top + 1), fill="#232c37")
    draw.rectangle((x - neck * 0.8, top - tall * 0.12, x + neck * 0.8, top), fill="#fff4d2")
    for radius, share in ((tall * 2.4, 4), (tall * 0.7, 9)):
        light = spot(image.size, (x, top - tall * 0.06), (radius, radius), 2.4)
        image = tint(image, "#fff0c8", light.point([value * share // 10 for value in range(256)]))
    return image


def storm(width: int = 2300, height: int = 1471) -> Image.Image:
    """A heavy sky with one bright place, for the opener across the fold."""
    random = Random(20)
    sky = fade(
        (width, height),
        [(0, "#14252c"), (0.34, "#35525a"), (0.52, "#9fb0a6"), (0.58, "#e8ddba"), (0.64, "#7f948f"), (1, "#1b3640")],
    )
    for cell, low, share in (((900, 240), 0.34, 8), ((420, 120), 0.5, 6), ((260, 46), 0.56, 5)):
        clouds = curve(layered(random, sky.size, cell, 7), low, 0.98)
        fall = fade(sky.size, [(0, "#ffffff"), (0.45, "#aaaaaa"), (0.6, "#222222"), (1, "#000000")]).convert("L")
        sky = tint(
            sky, "#0f1d24", ImageChops.multiply(clouds, fall).point([value * share // 10 for value in range(256)])
        )
    bright = spot(sky.size, (width * 0.71, height * 0.55), (width * 0.42, height * 0.26), 1.6)
    sky = tint(sky, "#fbeec8", bright.point([value * 6 // 10 for value in range(256)]))
    return grain(sky, random, 0.03)


def fog(width: int = 1700, height: int = 900) -> Image.Image:
    """Headlands, one behind the other, each paler than the last."""
    random = Random(8)
    image = fade((width, height), [(0, "#cfd2d6"), (0.5, "#e9e6e2"), (1, "#d5d3d3")])
    shades = ("#c3c6cd", "#a9aeb9", "#868d9c", "#5b6376", "#2f364a")
    for index, shade in enumerate(shades):
        mask = Image.new("L", (width, height))
        base, swing = height * (0.30 + index * 0.125), height * (0.13 + 0.02 * index)
        line = profile(random, width, width / (2.4 + index), 7)
        tilt = (-1) ** index * height * 0.13
        points = [(x, base - swing * (line[x]) + tilt * (x / width - 0.5)) for x in range(0, width, 2)]
        ImageDraw.Draw(mask).polygon([*points, (width, height), (0, height)], fill=255)
        image = tint(image, shade, mask)
        mist = curve(layered(random, (width, height), (640, 90), 5), 0.3, 0.9)
        low = fade(
            (width, height),
            [
                (0, "#000000"),
                (max(0.02, base / height - 0.02), "#000000"),
                (min(0.98, base / height + 0.22), "#ffffff"),
                (1, "#ffffff"),
            ],
        )
        image = tint(
            image,
            "#e6e4e2",
            ImageChops.multiply(mist, low.convert("L")).point([value * (8 - index) // 10 for value in range(256)]),
        )
    return grain(image, random, 0.03)


def ice(width: int = 1500, height: int = 1000) -> Image.Image:
    """A frozen sound by night, with the branches that mark the road across it."""
    random = Random(5)
    horizon = round(height * 0.36)
    sky = fade((width, horizon), [(0, "#0e1d33"), (0.6, "#31516f"), (1, "#c9cfcf")])
    size = (width, height - horizon)
    plain = fade(size, [(0, "#c3cdd1"), (0.3, "#9db3be"), (1, "#42647a")])
    surface = water(random, size)
    plain = tint(plain, "#f0f4f2", curve(surface, 0.45, 0.95).point([value * 7 // 10 for value in range(256)]))
    whole = Image.new("RGB", (width, height))
    whole.paste(sky, (0, 0))
    whole.paste(plain, (0, horizon))
    draw = ImageDraw.Draw(whole)
    line = profile(random, width, 420, 6)
    hills = [(x, horizon - 8 - 44 * line[x]) for x in range(0, width, 2)]
    draw.polygon([*hills, (width, horizon + 2), (0, horizon + 2)], fill="#22354a")
    for step in range(16):
        near = 0.055 * 1.235**step
        x, y = width * (0.60 - 0.34 * near + 0.05 * math.sin(step)), horizon + size[1] * near * 0.8
        _branch(draw, random, (x, y), height * 0.26 * near)
    return grain(whole, random)


def lamplight(width: int = 1100, height: int = 1407) -> Image.Image:
    """A dark room and a table, with the light of one lamp."""
    random = Random(6)
    edge = round(height * 0.585)
    room = fade((width, height), [(0, "#0b1b24"), (1, "#0f2530")])
    for radius, share in ((0.95, 5), (0.55, 4), (0.26, 5)):
        light = spot(room.size, (width / 2, height * 0.41), (width * radius, width * radius), 1.7)
        room = tint(room, "#f0b44c", light.point([value * share // 10 for value in range(256)]))
    table = fade((width, height - edge), [(0, "#4a3320"), (0.5, "#1c1713"), (1, "#0d1114")])
    wood = curve(layered(random, table.size, (900, 12), 5), 0.45, 1).point([value * 4 // 10 for value in range(256)])
    table = tint(table, "#0d0d0e", wood)
    light = spot(table.size, (width / 2, 0), (width * 0.55, height * 0.2), 1.5)
    table = tint(table, "#d8953c", light.point([value * 5 // 10 for value in range(256)]))
    room.paste(table, (0, edge))
    return grain(room, random)


def _branch(draw: ImageDraw.ImageDraw, random: Random, foot: tuple[float, float], tall: float) -> None:
    """A young spruce, stuck into the ice."""
    x, y = foot
    draw.line((x, y, x, y - tall), fill="#14202b", width=max(1, round(tall / 40)))
    for _ in range(90):
        up = random.uniform(0.12, 1)
        long = tall * 0.34 * (1.06 - up) * random.uniform(0.5, 1)
        side = random.choice((-1, 1))
        start = (x, y - tall * up)
        draw.line(
            (*start, x + side * long, start[1] + long * random.uniform(0.15, 0.5)),
            fill="#14202b",
            width=max(1, round(tall / 70)),
        )


def _moon_ground(size: int) -> tuple[Image.Image, Image.Image]:
    """Brightness of the moon's ground, and its height, grey."""
    random = Random(11)
    ground = curve(layered(random, (size, size), (size / 3, size / 3), 7), -0.9, 1.1)
    height = Image.new("L", (size, size), 128)
    draw = ImageDraw.Draw(height)
    ground_draw = ImageDraw.Draw(ground)
    for _ in range(240):
        x, y, r = random.uniform(0, size), random.uniform(0, size), size * 0.006 / random.uniform(0.09, 1)
        draw.ellipse((x - r, y - r, x + r, y + r), fill=158)
        draw.ellipse((x - r * 0.8, y - r * 0.8, x + r * 0.8, y + r * 0.8), fill=112)
    for x, y in ((0.60, 0.78), (0.36, 0.42)):
        for _ in range(60):
            angle, long = random.uniform(0, 6.283), size * random.uniform(0.05, 0.26)
            end = (size * x + long * math.cos(angle), size * y + long * math.sin(angle))
            ground_draw.line((size * x, size * y, *end), fill=178, width=1)
    rough = layered(random, (size, size), (size / 24, size / 24), 5)
    height = Image.blend(height, rough, 0.25).filter(ImageFilter.GaussianBlur(size / 420))
    return ground.filter(ImageFilter.GaussianBlur(size / 500)), height


def moons(phases: tuple[float, ...], size: int, sky: str) -> list[Image.Image]:
    """The moon at several phases, from 0 (new) over 0.5 (full) to 1 (new again), as seen from the north."""
    ground, height = (image.tobytes() for image in _moon_ground(size))
    radius, middle = size * 0.47, (size - 1) / 2
    seen: list[tuple[int, float, float, float]] = []
    for y in range(1, size - 1):
        for x in range(1, size - 1):
            u, v = (x - middle) / radius, (y - middle) / radius
            if (rest := 1 - u * u - v * v) > 0:
                at = y * size + x
                slope = (height[at - 1] - height[at + 1]) / 90
                seen.append((at, u + slope, math.sqrt(rest), ground[at] / 255 * min(1.0, rest * 60)))
    return [_lit(seen, phase, size, sky) for phase in phases]


def _lit(seen: list[tuple[int, float, float, float]], phase: float, size: int, sky: str) -> Image.Image:
    angle = 2 * math.pi * phase
    across, towards = math.sin(angle), -math.cos(angle)
    red, green, blue = colour(sky)
    pixels = bytearray(bytes((red, green, blue)) * (size * size))
    for at, u, z, bright in seen:
        light = u * across + z * towards
        level = bright * (light**0.55 if light > 0 else 0.0)
        pixels[at * 3] = min(255, int(red + 8 * bright + 240 * level))
        pixels[at * 3 + 1] = min(255, int(green + 10 * bright + 222 * level))
        pixels[at * 3 + 2] = min(255, int(blue + 14 * bright + 186 * level))
    return Image.frombytes("RGB", (size, size), bytes(pixels))
