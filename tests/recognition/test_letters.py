"""Rubbish is told from text, and no text of any kind is taken for rubbish."""

from __future__ import annotations

import random
import string

import pytest

from masthead.recognition.letters import NO_MEANING, WRONG_ALPHABET, WRONG_LETTERS, rubbish_in

ENGLISH = """The keeper of the light wrote his journal every evening before the lamp was lit. Nobody had read it for a
hundred years, until the harbour was sold and the house on the rock was opened by its new owners. They found seventeen
volumes, all in order, and a letter to whoever might come after. It asked them to keep the lamp, and it said where the
oil was stored, which steps were loose, and how the wind sounds when it means to stay for longer than one night."""

GOOD = {
    "english": ENGLISH,
    "finnish": """Majakanvartija kirjoitti päiväkirjaansa joka ilta ennen kuin lamppu sytytettiin. Kukaan ei ollut
lukenut sitä sataan vuoteen, kunnes satama myytiin ja uudet omistajat avasivat kallion talon.
Sieltä löytyi seitsemäntoista vihkoa hyvässä järjestyksessä sekä kirje sille, joka joskus tulisi
perässä. Siinä pyydettiin pitämään lamppu palamassa ja kerrottiin, missä öljyä säilytettiin, mitkä
portaat olivat irti ja miltä tuuli kuulostaa, kun se aikoo jäädä pitkäksi aikaa saaren rantaan
eikä väisty ennen aamua.""",
    "czech": """Strážce majáku psal svůj deník každý večer předtím, než rozsvítil lampu. Sto let ho nikdo nečetl,
dokud nebyl přístav prodán a noví majitelé neotevřeli dům na skále. Našli sedmnáct svazků, všechny
v pořádku, a dopis tomu, kdo by snad přišel po něm. Prosil, aby lampu udržovali, a psal, kde leží
olej, které schody jsou uvolněné a jak zní vítr, když chce zůstat déle než jednu noc nad útesem.""",
    "vietnamese": """Người giữ đèn biển viết nhật ký mỗi buổi tối trước khi thắp đèn. Suốt một trăm năm không ai đọc
những trang giấy ấy, cho đến khi bến cảng được bán và ngôi nhà trên mỏm đá được những người chủ
mới mở cửa. Họ tìm thấy mười bảy cuốn sổ xếp ngay ngắn cùng một bức thư gửi cho bất cứ ai đến sau.""",
    "codes": " ".join(f"KX-{number:04d}-BRQ GTN{number} 12x40 mm" for number in range(80)),
    "program": """static int readNextFrame(const struct buffer *src, size_t len) { if (!src || len < sizeof(hdr)) return
EINVAL; memcpy(&hdr, src->ptr, sizeof hdr); while (hdr.flags & FLAG_CONTINUED) { ptr = strchr(buf, '\\n'); printf("%s",
ptr); } for (i = 0; i < nrows; i++) strncpy(dst[i], src[i], cnt); return fprintf(stderr, "bad frame"); }"""
    * 3,
    "hex": " ".join(f"{number * 2654435761 % 2**32:08x}" for number in range(200)),
    "formulas": "∫ f(x) dx = lim Σ f(ξᵢ) Δxᵢ, αβγ ≤ ‖x‖² ∈ ℝⁿ sin(2πνt) " * 10,
    "japanese": "灯台守は毎晩、灯をともす前に日記をつけていた。百年のあいだ誰もそれを読まなかった。" * 4,
    "arabic": "كان حارس المنارة يكتب يومياته كل مساء قبل أن يشعل المصباح ولم يقرأها أحد طوال مئة عام " * 4,
    "russian": "Смотритель маяка каждый вечер писал дневник прежде чем зажечь лампу и никто его не читал сто лет " * 4,
}


@pytest.mark.parametrize("kind", GOOD)
def test_text_of_any_kind_is_no_rubbish(kind: str) -> None:
    assert rubbish_in(GOOD[kind].split()) == ""


def test_letters_without_meaning() -> None:
    private = "".join(chr(0xE000 + ord(char) % 64) if char.isalpha() else char for char in ENGLISH)
    assert rubbish_in(private.split(" ")) == NO_MEANING
    controls = "".join(chr(ord(char) % 31 + 1) if char.isalpha() else char for char in ENGLISH)
    assert rubbish_in(controls.split(" ")) == NO_MEANING


def test_a_few_bullets_of_a_symbol_font_are_no_rubbish() -> None:
    assert rubbish_in([*["\uf0b7"] * 12, *ENGLISH.split()]) == ""


def test_an_alphabet_of_eight_bits_shown_as_latin() -> None:
    shown = GOOD["russian"].encode("cp1251").decode("latin-1")
    assert rubbish_in(shown.split(" ")) == WRONG_ALPHABET


def test_letters_moved_along_the_alphabet() -> None:
    lower, upper = string.ascii_lowercase, string.ascii_uppercase
    moved = ENGLISH.translate(str.maketrans(lower + upper, lower[3:] + lower[:3] + upper[3:] + upper[:3]))
    assert rubbish_in(moved.split()) == WRONG_LETTERS
    codes = "".join(char if char.isspace() else chr(ord(char) - 29) for char in ENGLISH)  # what Identity-H often gives
    assert rubbish_in(codes.split(" "))


def test_letters_mixed_up_are_mostly_noticed() -> None:
    """A mix-up may by chance put vowels where vowels were; most do not."""
    noticed = 0
    for seed in range(50):
        mixed = list(string.ascii_lowercase)
        random.Random(seed).shuffle(mixed)
        noticed += bool(
            rubbish_in(ENGLISH.lower().translate(str.maketrans(string.ascii_lowercase, "".join(mixed))).split())
        )
    assert noticed >= 35


def test_few_words_are_never_judged() -> None:
    assert rubbish_in(["Wkh", "nhhshu", "ri", "wkh", "oljkw"]) == ""
    assert rubbish_in([]) == ""
