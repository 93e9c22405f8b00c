"""Pictures are read by the real program; what it read joins the page."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from PIL import Image
from tests.recognition.scans import PROSE, pgm, pixels_of, prose_pdf

from masthead.document.errors import MemoryLimitError, ReaderProcessError, TimeLimitError
from masthead.document.text import Line, PageLines
from masthead.layout.measures import text_of
from masthead.pictures.skew import skew_of, straightened
from masthead.recognition.engine import Engine, find_engine
from masthead.recognition.need import NO_TEXT, PICTURE, Need
from masthead.recognition.reading import Reader, with_reading
from masthead.recognition.scan import Scan, lines_back, scan_of

SCALE = 200 / 72


@pytest.fixture(scope="module")
def picture(tmp_path_factory: pytest.TempPathFactory) -> Image.Image:
    return pixels_of(prose_pdf(tmp_path_factory.mktemp("prose") / "prose.pdf"), dots=200)


@pytest.fixture
def reader(engine: Engine) -> Reader:
    return Reader(engine, ("eng",), seconds=60, memory_mb=1024)


def scan(picture: Image.Image, skew: float = 0.0) -> Scan:
    return scan_of(pgm(picture), SCALE, skew)


def page_of(reader: Reader, taken: Scan) -> PageLines:
    empty = PageLines(1, 400, 500, (), (), ())
    return with_reading(empty, reader.read(taken), taken, Need(1, NO_TEXT, replaces=False))


def said(lines: tuple[Line, ...]) -> list[str]:
    return [text_of(line) for line in lines]


def test_a_page_is_read_where_its_words_stand(reader: Reader, picture: Image.Image) -> None:
    page = page_of(reader, scan(picture))
    assert said(page.lines) == ["The light on the rock", *PROSE]
    assert page.recognised
    assert page.recognition == NO_TEXT
    headline, body = page.lines[0], page.lines[1:]
    assert headline.box.x0 == pytest.approx(40, abs=2)
    assert headline.words[0].size == pytest.approx(22, abs=2.5)
    assert len({word.size for line in body for word in line.words}) == 1
    assert body[0].words[0].size == pytest.approx(12, abs=1.5)
    assert body[0].box.y1 == pytest.approx(102, abs=2.5)
    assert all(0.5 < word.confidence <= 1 for line in page.lines for word in line.words)


@pytest.mark.parametrize(("turn", "angle"), [(90, 270), (180, 180), (270, 90)])
def test_a_page_on_its_side_or_head_is_read(reader: Reader, picture: Image.Image, turn: int, angle: float) -> None:
    turned = picture.rotate(turn, expand=True)
    width, height = turned.width / SCALE, turned.height / SCALE
    taken = scan(turned)
    page = with_reading(
        PageLines(1, width, height, (), (), ()), reader.read(taken), taken, Need(1, NO_TEXT, replaces=False)
    )
    assert said(page.lines) == ["The light on the rock", *PROSE]
    assert {line.angle for line in page.lines} == {angle}


@pytest.mark.parametrize("askew", [-4.3, -1.2, 0.0, 2.5, 5.0])
def test_how_far_a_page_lies_askew_is_seen(picture: Image.Image, askew: float) -> None:
    turned = picture.rotate(-askew, Image.Resampling.BICUBIC, expand=True, fillcolor=255)
    assert skew_of(turned) == pytest.approx(askew, abs=0.25)


def test_grey_paper_stays_grey_when_a_page_is_laid_straight(reader: Reader, picture: Image.Image) -> None:
    grey = picture.point([90 + value * 70 // 255 for value in range(256)])
    askew = grey.rotate(-3.0, Image.Resampling.BICUBIC, fillcolor=160)
    found = skew_of(askew)
    assert said(page_of(reader, scan(straightened(askew, found), found)).lines) == ["The light on the rock", *PROSE]


def test_words_of_a_page_that_lies_askew_go_back_to_where_they_are_seen(reader: Reader, picture: Image.Image) -> None:
    askew = picture.rotate(-3.0, Image.Resampling.BICUBIC, fillcolor=255)
    found = skew_of(askew)
    straight = page_of(reader, scan(straightened(askew, found), found))
    assert said(straight.lines) == ["The light on the rock", *PROSE]
    assert straight.skew == found
    back = lines_back(straight.lines, straight, straight.skew)
    first, last = back[1].words[0].box, back[1].words[-1].box
    assert last.y0 - first.y0 == pytest.approx((last.x0 - first.x0) * 0.0524, abs=1.0)  # it falls by 3 degrees


def test_a_picture_without_writing_gives_nothing(reader: Reader) -> None:
    texture = Image.effect_noise((1100, 1300), 90)
    assert reader.read(scan(texture)) == []


def test_words_that_the_page_has_are_kept_and_not_doubled(reader: Reader, picture: Image.Image) -> None:
    taken = scan(picture)
    whole = page_of(reader, taken)
    own = PageLines(1, 400, 500, whole.lines[:2], whole.fonts, ())
    page = with_reading(own, reader.read(taken), taken, Need(1, PICTURE, replaces=False))
    assert page.lines[:2] == own.lines
    assert said(page.lines) == ["The light on the rock", *PROSE]


def test_rubbish_is_not_given_up_for_nothing(reader: Reader, picture: Image.Image) -> None:
    taken = scan(picture)
    own = page_of(reader, taken)
    assert with_reading(own, [], taken, Need(1, NO_TEXT, replaces=True)) is own


def test_time_memory_and_missing_languages_are_told(reader: Reader, picture: Image.Image) -> None:
    data = pgm(picture)
    with pytest.raises(TimeLimitError):
        reader.engine.read(data, ["eng"], dots=200, seconds=0.05, memory_mb=1024)
    with pytest.raises(MemoryLimitError):
        reader.engine.read(data, ["eng"], dots=200, seconds=60, memory_mb=50)
    with pytest.raises(ReaderProcessError, match="xyz"):
        reader.engine.read(data, ["xyz"], dots=200, seconds=60, memory_mb=1024)


@pytest.mark.parametrize("command", ["/nonexistent/tesseract", "no-such-program", "true"])
def test_what_is_no_tesseract_is_none(command: str) -> None:
    assert find_engine(command) is None


@pytest.mark.parametrize(
    ("data", "scale", "skew"),
    [
        (b"P5 2 2 255\n1234", 0.0, 0.0),
        (b"P5 2 2 255\n1234", 4.0, 45.0),
        (b"P5 2 2 255\n123", 4.0, 0.0),
        (b"", 4.0, 0.0),
    ],
)
def test_what_is_no_scan_is_refused(data: bytes, scale: float, skew: float) -> None:
    with pytest.raises(ValueError, match="picture"):
        scan_of(data, scale, skew)


def test_a_page_in_another_script_is_read_in_its_own_languages(picture: Image.Image) -> None:
    """The program is played here, because the models of another script need not be installed."""
    asked = []

    class Played(Engine):
        def read(self, scan: bytes, languages: Sequence[str], *, dots: int, seconds: float, memory_mb: int) -> str:
            asked.append(tuple(languages))
            text, sure = ("حارس المنارة", 93) if "ara" in languages else ("Joo pyy", 31)
            return (
                "<span class='ocr_line' title='bbox 100 100 500 140; baseline 0 -9; x_size 40; x_descenders 9'>"
                f"<span class='ocrx_word' title='bbox 100 100 500 140; x_wconf {sure}'>{text}</span></span>"
            )

        def script(self, scan: bytes, *, dots: int, seconds: float, memory_mb: int) -> str:
            return "Arabic"

    played = Played(Path("tesseract"), "5", Path("models"), frozenset({"eng", "ara"}), knows_scripts=True)
    reader = Reader(played, ("eng",), seconds=1, memory_mb=1)
    assert [line.words[0].text for line in reader.read(scan(picture))] == ["حارس المنارة"]
    assert asked[1] == ("ara", "eng")
    assert reader.others == {"ara", "eng"}
    asked.clear()
    Reader(played, ("eng",), seconds=1, memory_mb=1, sure=True).read(scan(picture))
    assert ("ara", "eng") not in asked
