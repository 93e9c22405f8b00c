"""Says in which language a text is written, from its script and its commonest words; used where the PDF is silent."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

# Words of a few letters that are frequent in one language and rare or absent in the others.
_SMALL = {
    "en": "the and of to in is that for with was are this from which you have not",
    "de": "der die und das ist nicht mit auf den von ein eine für sich auch wird dem",
    "fr": "le les des et est une dans pour que qui sur pas avec du au sont aux",
    "es": "el los las y una para que con por del se más como su al es en",
    "it": "il di che e della per non con sono una gli nel alla delle più è dei",
    "nl": "de het een van en is dat niet op voor zijn met te aan ook door",
    "pt": "o os um uma do da em não que com para dos mais ao é são no",
    "pl": "i w nie na się z do to jest że jak od po przez dla są",
    "tr": "ve bir bu için ile da de olarak daha çok en gibi olan kadar",
    "vi": "và của các là trong cho được với một không có này khi những",
}
_FREQUENT = {language: frozenset(words.split()) for language, words in _SMALL.items()}
# Order matters: kana before Han, since Japanese holds both.
_SCRIPTS = (
    ("ja", re.compile(r"[\u3040-\u30ff]")),
    ("ko", re.compile(r"[\uac00-\ud7af]")),
    ("zh", re.compile(r"[\u4e00-\u9fff]")),
    ("ar", re.compile(r"[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff]")),
    ("he", re.compile(r"[\u0590-\u05ff]")),
    ("th", re.compile(r"[\u0e00-\u0e7f]")),
    ("hi", re.compile(r"[\u0900-\u097f]")),
    ("el", re.compile(r"[\u0370-\u03ff]")),
    ("ru", re.compile(r"[\u0400-\u04ff]")),
)
_PERSIAN = re.compile(r"[پچژگی]")
_SAMPLE = 60_000  # characters: enough to be sure
RIGHT_TO_LEFT = frozenset({"ar", "he", "fa", "ur", "yi"})


def detect_language(texts: Iterable[str]) -> str:
    """The BCP 47 language of the texts, "und" if it cannot be told."""
    sample = ""
    for text in texts:
        sample += text + " "
        if len(sample) > _SAMPLE:
            break
    letters = sum(char.isalpha() for char in sample)
    if letters < 20:
        return "und"
    for language, pattern in _SCRIPTS:
        share = len(pattern.findall(sample)) / letters
        if share > (0.08 if language == "ja" else 0.4):
            return "fa" if language == "ar" and len(_PERSIAN.findall(sample)) > letters * 0.02 else language
    words = Counter(re.findall(r"[^\W\d_]+", sample.lower()))
    scores = {language: sum(words[word] for word in small) for language, small in _FREQUENT.items()}
    best = max(scores, key=lambda language: scores[language])
    return best if scores[best] >= max(3, 0.04 * words.total()) else "und"


def is_right_to_left(language: str) -> bool:
    """Whether the language's usual script runs from right to left."""
    return language.split("-", 1)[0].lower() in RIGHT_TO_LEFT


def frequent_share(words: Iterable[str]) -> float:
    """The share of the words that are among the commonest of one language: of the language of which most are.

    In prose it is a fifth and more, in lists less; words of one letter do not count.
    """
    counted = Counter(word for word in words if len(word) > 1)
    total = counted.total()
    return max(sum(counted[word] for word in small) for small in _FREQUENT.values()) / total if total else 0.0
