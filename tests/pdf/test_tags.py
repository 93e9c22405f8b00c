"""The structure tree of a tagged PDF is read with its order, roles, spans and alternative texts, whatever it holds."""

from __future__ import annotations

import json
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String
from tests.pdfs import text_at
from tests.tagged_pdfs import read_lines, tag, tagged_pdf

from masthead.document.tags import ARTIFACT, UNTAGGED, PageTags
from masthead.document.text import PageLines
from masthead.edition.crossing import lines_from_json, lines_to_json


def _tags(page: PageLines) -> PageTags:
    assert page.tags is not None
    return page.tags


def _roles(page: PageLines) -> list[str]:
    return [element.role for element in _tags(page).elements]


def _leaves(page: PageLines) -> dict[str, int]:
    return {word.text: word.leaf for line in page.lines for word in line.words}


def test_words_know_their_place_in_logical_order(tmp_path: Path) -> None:
    pieces = [text_at(40, 60, "third"), text_at(40, 100, "first"), text_at(40, 140, "second")]
    tree = [tag("Document", tag("P", 1), tag("Sect", tag("P", 2, tag("Span", 0))))]
    (page,) = read_lines(tagged_pdf(tmp_path / "a.pdf", pieces, tree))
    assert _leaves(page) == {"first": 0, "second": 1, "third": 2}
    assert _roles(page) == ["Document", "P", "Sect", "P", "Span"]
    assert [element.parent for element in _tags(page).elements] == [-1, 0, 0, 2, 3]
    assert _tags(page).leaves == (1, 3, 4)


def test_roles_are_mapped_over_several_steps_and_private_ones_kept(tmp_path: Path) -> None:
    pieces = [text_at(40, 60 + 40 * number, f"word{number}") for number in range(4)]
    tree = [tag("Kicker", 0), tag("Deck", 1), tag("Strange", 2), tag("Round", 3)]
    roles = {"Kicker": "Head_line", "Head_line": "H2", "Deck": "P", "Round": "Circle", "Circle": "Round"}
    (page,) = read_lines(tagged_pdf(tmp_path / "a.pdf", pieces, tree, roles=roles))
    assert _roles(page) == ["H2", "P", "Strange", "Round"]


def test_the_role_maps_of_namespaces_count(tmp_path: Path) -> None:
    path = tagged_pdf(tmp_path / "a.pdf", [text_at(40, 60, "word")], [tag("section", 0)])
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        space = pdf.make_indirect(Dictionary(Type=Name.Namespace, NS=String("https://example.org/ns")))
        pdf2 = pdf.make_indirect(Dictionary(Type=Name.Namespace, NS=String("http://iso.org/pdf2/ssn")))
        space.RoleMapNS = Dictionary(section=Array([Name.H1, pdf2]))
        pdf.Root.StructTreeRoot.Namespaces = Array([space, pdf2])
        pdf.save(path)
    assert _roles(read_lines(path)[0]) == ["H1"]


def test_artifacts_and_untagged_text_are_told_apart(tmp_path: Path) -> None:
    more = f"/Artifact BMC {text_at(40, 200, 'running')} EMC {text_at(40, 240, 'loose')}"
    (page,) = read_lines(tagged_pdf(tmp_path / "a.pdf", [text_at(40, 60, "tagged")], [tag("P", 0)], more=more))
    assert _leaves(page) == {"tagged": 0, "running": ARTIFACT, "loose": UNTAGGED}


def test_cells_have_spans_and_count_the_empty_ones_before_them(tmp_path: Path) -> None:
    pieces = [text_at(40, 60, "head"), text_at(200, 100, "right")]
    wide = Dictionary(O=Name.Table, ColSpan=2, RowSpan=3)
    tree = [tag("Table", tag("TR", tag("TH", 0, A=wide)), tag("TR", tag("TD"), tag("TD", 1)))]
    (page,) = read_lines(tagged_pdf(tmp_path / "a.pdf", pieces, tree))
    head, right = (element for element in _tags(page).elements if element.role in ("TH", "TD"))
    assert (head.place, head.rows, head.columns) == (0, 3, 2)
    assert (right.place, right.rows, right.columns) == (1, 1, 1)


def test_a_figure_has_its_alternative_text_and_the_box_of_what_it_draws(tmp_path: Path) -> None:
    pieces = ["0.5 g 100 300 200 100 re f"]
    (page,) = read_lines(tagged_pdf(tmp_path / "a.pdf", pieces, [tag("Figure", 0, Alt="A grey\nharbour")]))
    (figure,) = _tags(page).elements
    assert figure.alt == "A grey harbour"
    assert figure.box is not None
    assert tuple(figure.box) == pytest.approx((100, 100, 300, 200), abs=1.5)


def test_text_inside_a_form_belongs_to_the_place_where_the_form_is_drawn(tmp_path: Path) -> None:
    path = tagged_pdf(tmp_path / "a.pdf", [text_at(40, 60, "before"), "/Fm0 Do"], [tag("P", 0), tag("P", 1)])
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        form = pdf.make_stream(f"/P <</MCID 0>> BDC {text_at(40, 100, 'inside')} EMC".encode())
        form.Type, form.Subtype = Name.XObject, Name.Form
        form.BBox, form.Resources = Array([0, 0, 400, 500]), pdf.pages[0].obj.Resources
        pdf.pages[0].obj.Resources = Dictionary(Font=form.Resources.Font, XObject=Dictionary(Fm0=form))
        pdf.save(path)
    assert _leaves(read_lines(path)[0]) == {"before": 0, "inside": 1}


def test_a_tree_with_cycles_and_a_bottomless_one_end(tmp_path: Path) -> None:
    deep = tag("P", 1)
    for _ in range(300):
        deep = tag("Div", deep)
    pieces = [text_at(40, 60, "one"), text_at(40, 100, "two")]
    path = tagged_pdf(tmp_path / "a.pdf", pieces, [tag("Sect", tag("P", 0)), deep])
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        section = pdf.Root.StructTreeRoot.K[0]
        paragraph = section.K[0]
        paragraph.K = Array([0, section, paragraph])
        section.P = paragraph
        pdf.save(path)
    (page,) = read_lines(path)
    assert sorted(_leaves(page)) == ["one", "two"]
    if page.tags is not None:
        assert len(page.tags.elements) < 100


def test_an_untagged_pdf_has_no_tags(tmp_path: Path) -> None:
    path = tagged_pdf(tmp_path / "a.pdf", [text_at(40, 60, "word")], [tag("P", 0)])
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        del pdf.Root.StructTreeRoot
        pdf.save(path)
    (page,) = read_lines(path)
    assert page.tags is None
    assert "tags" not in lines_to_json(page)


def _crossing(tmp_path: Path) -> tuple[PageLines, dict[str, object]]:
    pieces = [text_at(40, 60, "one two"), text_at(120, 60, "three"), "0.5 g 100 300 200 100 re f"]
    tree = [tag("Table", tag("TR", tag("TH", 0), tag("TD", 1))), tag("Figure", 2, Alt="A box")]
    (page,) = read_lines(tagged_pdf(tmp_path / "a.pdf", pieces, tree))
    return page, json.loads(json.dumps(lines_to_json(page)))


def test_tags_cross_to_the_parent_unchanged(tmp_path: Path) -> None:
    page, data = _crossing(tmp_path)
    assert lines_from_json(data) == page


@pytest.mark.parametrize(
    ("part", "value"),
    [
        ("leaves", [99]),
        ("leaves", [-1]),
        ("elements", [["P", 0]]),
        ("elements", [["P", 7]]),
        ("elements", []),
    ],
)
def test_tags_that_point_to_nowhere_are_refused(tmp_path: Path, part: str, value: object) -> None:
    _, data = _crossing(tmp_path)
    data["tags"][part] = value  # type: ignore[index]
    with pytest.raises(ValueError, match=r"parent|leaf|leaves"):
        lines_from_json(data)


@pytest.mark.parametrize("leaves", [[0, 10**12], [99, 3], [0, 1], [0], [-3, 3]])
def test_words_with_impossible_leaves_are_refused(tmp_path: Path, leaves: list[int]) -> None:
    _, data = _crossing(tmp_path)
    data["lines"][0][7] = leaves  # type: ignore[index]
    with pytest.raises(ValueError, match=r"leaves|zip"):
        lines_from_json(data)
