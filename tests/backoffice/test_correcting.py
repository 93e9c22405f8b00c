"""The screens of corrections as staff use them: forms that change what they show and lose nothing that is typed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.cast import Cast, ready_edition, signed_in
from tests.corrected import block_of, convert_waiting, converted_edition, issue_pdf
from tests.edition.readings import reading as small_reading

from masthead.document.template import TemplateRule as Rule
from masthead.edition.correcting.applying import Outcome
from masthead.library.selectors import Edition
from masthead.production.corrections import WorkingCopy, working_copy
from masthead.production.edits import Edits, reordered
from masthead.production.models import Correction, TemplateRule
from masthead.production.templates import template_learn, template_of


@pytest.fixture
def edition(cast: Cast, data: Path) -> Edition:
    return converted_edition(cast, data)


def address(edition: Edition, path: str) -> str:
    return f"/office/editions/{edition.pk}/{path}"


def typed(page: bytes) -> dict[str, str]:
    """What the fields of the editor's form say, as a browser would send it."""
    html = page.decode()
    form = html[html.index("data-editor") :]
    fields = dict(re.findall(r'<textarea[^>]*? name="([^"]+)"[^>]*>([^<]*)</textarea>', form))
    fields |= dict(re.findall(r'<input id="[^"]*" name="([^"]+)"(?: type="number"[^>]*?)? value="([^"]*)"', form))
    for name, options in re.findall(r'<select[^>]*? name="([^"]+)"[^>]*>(.*?)</select>', form, re.S):
        chosen = re.search(r'value="([^"]*)" selected', options) or re.search(r'value="([^"]*)"', options)
        fields[name] = chosen[1] if chosen else ""
    return fields


def test_the_editor_keeps_all_that_is_typed_with_one_button(cast: Cast, edition: Edition) -> None:
    client, path = signed_in(cast.editor), address(edition, "articles/a1")
    page = client.get(path)
    assert page.status_code == 200
    paragraph = block_of(edition, "wrote his journal", 1)
    byline = block_of(edition, "By Ann Lee", 1)
    said = typed(page.content)
    said["title"] = "The warden of the light"
    said[f"text-{paragraph.id}"] = paragraph.text.replace("journal", "diary")
    said[f"role-{byline.id}"] = "caption"
    answer = client.post(path, {**said, "do": f"down:{paragraph.id}"})
    assert answer["Location"].endswith(f"#b-{paragraph.id}")
    text = working_copy(edition).reading.text
    row = [block.id for block in text.blocks[1]]
    assert row.index(block_of(edition, "his diary").id) > row.index(block_of(edition, "his log", 1).id)
    assert text.articles[0].title == "The warden of the light"
    assert {row.kind for row in Correction.objects.all()} == {
        "article_words",
        "block_text",
        "block_role",
        "block_order",
    }
    said = {**typed(client.get(path).content), f"role-{byline.id}": "standfirst", "do": "keep"}
    client.post(path, said)  # the empty field of the standfirst says nothing against it
    assert working_copy(edition).reading.text.articles[0].standfirst == "By Ann Lee"
    again = client.post(path, {**typed(client.get(path).content), "do": "keep"}, follow=True)
    assert b"Nothing was changed." in again.content


def test_a_mistake_keeps_nothing_and_loses_nothing(cast: Cast, edition: Edition) -> None:
    client, path = signed_in(cast.editor), address(edition, "articles/a1")
    paragraph = block_of(edition, "wrote his journal", 1)
    said = {**typed(client.get(path).content), "title": "Another title", f"text-{paragraph.id}": "  "}
    answer = client.post(path, said)
    assert answer.status_code == 422
    assert b"There is no text here." in answer.content
    order = [block.id for block in working_copy(edition).reading.text.blocks[1]][1::-1]
    moved = client.post(path, {**said, "order-1": ",".join(order)}).content.decode()
    assert moved.index(f'id="b-{order[0]}"') < moved.index(f'id="b-{order[1]}"')
    assert f'value="{",".join(order)}"' in moved
    assert b'value="Another title"' in answer.content
    assert not Correction.objects.exists()


def test_blocks_go_where_they_are_sent(cast: Cast, edition: Edition) -> None:
    client, path = signed_in(cast.editor), address(edition, "text/2")
    names = [block.id for block in working_copy(edition).reading.text.blocks[2]]
    loose = block_of(edition, "wrote his log", 2).id
    assert client.get(path).status_code == 200
    client.post(path, {"do": "move", "chosen": [loose], "target": "new"})
    articles = working_copy(edition).reading.text.articles
    assert len(articles) == 5
    assert articles[2].blocks == (loose,)
    client.post(path, {"do": "move", "chosen": [loose], "target": "a1"})
    assert loose in working_copy(edition).reading.text.articles[0].blocks
    client.post(path, {"do": "move", "chosen": [loose], "target": "sold"})
    assert block_of(edition, "wrote his log", 2).role == "advertisement"
    client.post(path, {"do": "move", "chosen": [names[1]], "target": "none"})
    client.post(address(edition, "articles/a3"), {"do": "merge", "into": "a1"})
    assert [article.id for article in working_copy(edition).reading.text.articles] == ["a1", "a2", "a4"]
    paragraph = block_of(edition, "wrote his log", 4).id
    client.post(address(edition, "articles/a4"), {"do": f"split:{paragraph}"})
    assert len(working_copy(edition).reading.text.articles) == 4
    assert client.get(address(edition, "articles/a3")).status_code == 404


def test_pictures_are_described(cast: Cast, data: Path, edition: Edition) -> None:
    client, path = signed_in(cast.editor), address(edition, "articles/a1")
    report = client.get(address(edition, "accessibility"))
    assert b"Pictures without a description" in report.content
    figure = working_copy(edition).reading.text.figures[1][0].id
    assert f"#f-{figure}".encode() in report.content
    client.post(path, {f"alt-{figure}": "A grey square", "do": "keep"})
    client.post(address(edition, "corrections/apply"))
    convert_waiting()
    fixed = client.get(address(edition, "accessibility")).content
    assert b"Pictures without a description" not in fixed
    assert b"A grey square" in client.get(address(edition, "articles/a1/preview")).content
    client.post(path, {f"alt-{figure}": "A grey square", f"decorative-{figure}": "on"})
    assert working_copy(Edition.objects.get()).reading.text.figures[1][0].decorative


def test_contents_are_written_nested_and_moved(cast: Cast, edition: Edition) -> None:
    client, path = signed_in(cast.editor), address(edition, "contents")
    client.post(path, {"do": "articles"})
    assert len(working_copy(edition).reading.contents) == 4
    rows = {"title": ["One", "Inside", "Deeper", "Two"], "page": ["1", "2", "3", "0"], "level": ["1", "2", "4", "1"]}
    client.post(path, {**rows, "do": "keep"})
    first, second = working_copy(edition).reading.contents
    assert (first.title, first.children[0].children[0].title, second.page) == ("One", "Deeper", 0)
    client.post(path, {**rows, "do": "remove:0"})
    client.post(path, {"title": ["A", "B"], "page": ["1", "2"], "level": ["1", "1"], "do": "down:0"})
    assert [entry.title for entry in working_copy(edition).reading.contents] == ["B", "A"]
    answer = client.post(path, {"title": ["A", " "], "page": ["1", "2"], "level": ["1", "1"], "do": "keep"})
    assert (answer.status_code, b'value="A"' in answer.content) == (422, True)
    assert b"New entry" in client.post(path, {"do": "add:"}, follow=True).content
    assert Correction.objects.count() == 1


def test_pages_are_labelled_arranged_and_replaced(cast: Cast, data: Path, edition: Edition, tmp_path: Path) -> None:
    client, path = signed_in(cast.editor), address(edition, "pages")
    said = {"label-2": "iv", "count-2": "on", "language-3": "de", "cover": "3", "title": "Fathom, corrected"}
    client.post(path, {**said, "do": "keep"})
    reading = working_copy(edition).reading
    assert [shape.label for shape in reading.report.pages] == ["1", "iv", "v", "vi"]
    assert (reading.languages, reading.cover, reading.title) == ({3: "de"}, 3, "Fathom, corrected")
    client.post(path, {"do": "remove:0"})
    assert b"1 page of the PDF is left out." in client.get(path).content
    client.post(path, {"do": "back:0"})
    assert b"left out" not in client.get(path).content
    client.post(path, {"do": "down:0"})
    other = issue_pdf(tmp_path / "other.pdf", ("A page put in",))
    with other.open("rb") as file:
        answer = client.post(address(edition, "pages/4/replace"), {"file": file}, follow=True)
    assert b"The page will be replaced" in answer.content
    assert b"A page from another PDF" in answer.content
    client.post(address(edition, "corrections/apply"))
    convert_waiting()
    found = Edition.objects.select_related("build").get()
    pages = working_copy(found).reading.text.blocks
    assert "Fog" in pages[1][0].text
    assert "A page put in" in pages[4][0].text
    with other.open("rb") as file:
        assert client.post(address(edition, "pages/9/replace"), {"file": file}).status_code == 404
    assert client.post(address(edition, "pages/1/replace"), {"password": ""}).status_code == 422


def test_the_ledger_undoes_and_says_what_does_not_fit(cast: Cast, edition: Edition) -> None:
    client = signed_in(cast.editor)
    assert b"Nothing was corrected yet" in client.get(address(edition, "corrections")).content
    client.post(address(edition, "articles/a1"), {"title": "The warden"})
    ledger = client.get(address(edition, "corrections")).content
    assert b"The warden" in ledger
    assert b"1 change is not with readers yet." in ledger
    row = Correction.objects.get()
    back = client.post(address(edition, "corrections/undo"), {"next": "https://example.org/"})
    assert back["Location"] == address(edition, "corrections")
    client.post(address(edition, "corrections/restore"), {"correction": row.pk})
    Correction.objects.update(fits=False)
    assert b"1 correction does not fit any more" in client.get(address(edition, "corrections")).content
    assert client.post(address(edition, "corrections/undo"), {"correction": "none"}).status_code == 404


@pytest.mark.parametrize(
    "path", ["corrections", "articles", "articles/a1", "text/1", "pages", "contents", "accessibility"]
)
def test_who_may_not_edit_sees_none_of_it(cast: Cast, edition: Edition, path: str) -> None:
    assert signed_in(cast.editor).get(address(edition, path)).status_code == 200
    assert signed_in(cast.shop).get(address(edition, path)).status_code == 403
    assert signed_in(cast.outsider).get(address(edition, path)).status_code == 404


def test_an_edition_of_before_says_what_to_do(cast: Cast, data: Path) -> None:
    old = ready_edition(cast, data)
    for path in ("articles", "pages", "contents", "text/1"):
        page = signed_in(cast.editor).get(address(old, path))
        assert b"cannot be corrected yet" in page.content
    assert b"Convert it again" in page.content


def test_the_statement_is_public_when_it_says_whom_to_write_to(cast: Cast, data: Path, edition: Edition) -> None:
    client, form = signed_in(cast.owner), f"/office/publications/{cast.fathom.pk}/accessibility"
    public = "/fathom/accessibility"
    assert client.get(form).status_code == 200
    assert client.get(public).status_code == 404
    said = {"conformance": "partial", "limitations": "Charts <b>", "answer_days": "7", "is_public": "on"}
    refused = client.post(form, said)
    assert refused.status_code == 422
    assert b"Say where readers can turn to" in refused.content
    client.post(form, {**said, "feedback_email": "access@harbour.example"})
    page = signed_in(None).get(public)
    assert page.status_code == 200
    for words in (b"partially meet WCAG 2.2", b"Charts &lt;b&gt;", b"mailto:access@harbour.example", b"within 7 days"):
        assert words in page.content
    assert "Barrierefreiheit von Fathom" in signed_in(None).get(f"{public}?lang=de").content.decode()
    assert b"/fathom/accessibility" in signed_in(None).get("/fathom/").content
    assert signed_in(cast.editor).get(form).status_code == 403


def test_blocks_that_are_not_shown_keep_their_places() -> None:
    assert reordered(["a", "x", "b", "y", "c"], ["c", "a", "b"]) == ["c", "x", "a", "y", "b"]


def test_the_template_is_told_in_words_and_switched(cast: Cast, edition: Edition) -> None:
    client, path = signed_in(cast.editor), f"/office/publications/{cast.fathom.pk}/template"
    assert b"Nothing was learned yet" in client.get(path).content
    rules = [
        Rule("heading", "anywhere", "Helvetica", 13.5, 2),
        Rule("running_head", "bottom", words="fathom quarterly #"),
        Rule("running_head", "top", "Gill", 9.0, is_section=True),
    ]
    template_learn(edition_id=edition.pk, rules=rules)
    page = client.get(path).content.decode()
    for words in (
        "Text in Helvetica, 13.5 points, anywhere: Subheading",
        "“fathom quarterly #” at the bottom of a page, on page after page: Running head",
        "Text in Gill, 9 points, at the top of a page names the section",
    ):
        assert words in page
    row = TemplateRule.objects.get(key=rules[0].key)
    client.post(path, {"do": "off", "rule": row.pk})
    assert len(template_of(cast.fathom.pk)) == 2
    client.post(path, {"do": "forget", "rule": row.pk})
    assert TemplateRule.objects.count() == 2
    assert signed_in(cast.shop).get(path).status_code == 403
    assert client.post(path, {"do": "on", "rule": "none"}).status_code == 404


def test_tables_are_corrected_cell_by_cell(cast: Cast, edition: Edition, monkeypatch: pytest.MonkeyPatch) -> None:
    copy = WorkingCopy(small_reading(), Outcome(), {}, {})
    monkeypatch.setattr("masthead.backoffice.correcting.article_editor.working_copy", lambda _: copy)
    page = signed_in(cast.editor).get(address(edition, "text/3")).content.decode()
    assert 'name="cell-p3-b1-1-0" value="Harwick"' in page
    edits = Edits(copy.reading)
    edits.cells({"cell-p3-b1-1-0": "Wick  Bay", "cell-p3-b1-0-0": "Port"})
    assert [told.after for told in edits.told] == ["Wick Bay"]
