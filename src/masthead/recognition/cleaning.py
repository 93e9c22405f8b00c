"""Takes out what is no writing: specks, rules and the texture of pictures, read as letters.

Tesseract says how sure it is of each word. Texture shows as lines of doubtful words, specks as lines of a single sign
or of no height; a rule beside a word as a word of no letters.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from statistics import median

from masthead.recognition.hocr import ReadLine, ReadWord

_SURE_LINE = 0.5  # mean confidence of the letters of a line
_SURE_WORD = 0.3
_SURE_SIGN = 0.7  # of a word without letters and digits
_SURE_FEW = 0.88  # of a line with fewer than three letters
_LEAST, _MOST = 3.5, 160.0  # points: the size of letters
_NARROWEST, _WIDEST = 0.08, 1.8  # of the size: how wide a letter is on average
_INITIAL = 1.8  # times the usual size: a single letter that begins a story


def cleaned(lines: Sequence[ReadLine], scale: float) -> list[ReadLine]:
    """The lines and words that are writing, from `scale` pixels a point."""
    usual = _usual_size(lines)
    result = []
    for line in lines:
        words = [word for word in line.words if _is_word(word, line)]
        if words and _is_line(words, line, usual, scale):
            result.append(replace(line, words=words))
    return result


def sureness(lines: Sequence[ReadLine]) -> float:
    """The mean confidence of all letters, from 0 to 1; 0 where there are none."""
    return _mean([word for line in lines for word in line.words])


def _mean(words: Sequence[ReadWord]) -> float:
    letters = sum(len(word.text) for word in words)
    return sum(word.confidence * len(word.text) for word in words) / letters if letters else 0.0


def _usual_size(lines: Sequence[ReadLine]) -> float:
    sizes = [line.size for line in lines for word in line.words for _ in word.text if word.confidence > _SURE_SIGN]
    return median(sizes) if sizes else 0.0


def _is_word(word: ReadWord, line: ReadLine) -> bool:
    meaning = sum(char.isalnum() for char in word.text)
    if word.confidence < (_SURE_WORD if meaning else _SURE_SIGN):
        return False
    length = word.box.height if line.angle in (90, 270) else word.box.width
    width = length / len(word.text) / max(1.0, line.size)
    return _NARROWEST < width < _WIDEST or not meaning


def _is_line(words: Sequence[ReadWord], line: ReadLine, usual: float, scale: float) -> bool:
    if not _LEAST < line.size / scale < _MOST:
        return False
    text = "".join(word.text for word in words)
    meaning = sum(char.isalnum() for char in text)
    sure = _mean(words)
    if meaning > 2:
        return sure >= _SURE_LINE
    is_number = meaning == len(text) and text.isdigit()
    is_initial = meaning == 1 and text.isupper() and line.size > _INITIAL * usual > 0
    is_ideograph = any(char >= "\u3000" for char in text)
    return sure >= _SURE_FEW and (meaning == 2 or is_number or is_initial or is_ideograph)
