"""Forms from the desk that makes them to the phone that fills them in: before reading, on a page, beside one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect
from tests.journeys.conftest import DESKTOP, PHONE, Look, OpenReader, axe_violations, serving_house, signed_in
from tests.journeys.forms_seeding import SURVEY, WORDING

pytestmark = pytest.mark.journey
Screen = Callable[[Page, str], None]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the house is; without a mail server its mails stand in what it says."""
    return tmp_path_factory.mktemp("forms")


@pytest.fixture(scope="module")
def house(folder: Path) -> Iterator[str]:
    """The address of a house with forms."""
    with serving_house(folder, "forms_seeding.py", MASTHEAD_LINK_CHECK_DAYS="0") as address:
        yield address


@pytest.fixture
def desk(browser: Browser, house: str) -> Iterator[Page]:
    """Olga at the forms of Fathom."""
    with signed_in(browser, house) as page:
        page.goto(f"{house}office/houses/harbour-press/")
        page.locator('a[href*="/office/publications/"]').first.click()
        page.get_by_role("link", name="Forms", exact=True).click()
        yield page


@pytest.mark.parametrize(
    ("device", "options"),
    [
        ("desktop", DESKTOP),
        ("phone", {**PHONE, "color_scheme": "dark"}),
        ("no-script", {**DESKTOP, "java_script_enabled": False}),
    ],
)
def test_the_gate_opens_once_the_form_is_filled_in(
    open_reader: OpenReader, house: str, screen: Screen, device: str, options: dict[str, object]
) -> None:
    page = open_reader("fathom/no-8/page/5", at=house, ready=False, **options)
    expect(page.get_by_role("heading", level=1)).to_have_text("Read on with your e-mail address")
    assert page.get_by_role("checkbox").is_checked() is False
    if device != "no-script":
        assert axe_violations(page) == []
    screen(page, f"form-gate-{device}")
    page.get_by_label("E-mail address").fill("rita@nowhere")
    page.get_by_label(WORDING).check()
    if device != "no-script":
        page.get_by_role("button", name="Open the issue").click()
        expect(page.locator(".mistake")).to_have_text("Please use a valid e-mail address")
        expect(page.get_by_label("E-mail address")).to_be_focused()
        assert axe_violations(page) == []
        screen(page, f"form-mistake-{device}")
    page.get_by_label("E-mail address").fill(f"rita-{device}@example.org")
    page.get_by_label("Country").select_option(label="Germany")
    page.get_by_role("button", name="Open the issue").click()
    page.wait_for_url("**/fathom/no-8/page/5")
    if device == "no-script":
        expect(page.locator(".frame-picture")).to_be_visible()
    else:
        page.wait_for_selector("masthead-reader[data-ready] .page .page-picture")
    page.goto(f"{house}fathom/no-8/page/9")
    expect(page.locator("masthead-reader")).to_be_attached()


def test_the_address_is_confirmed_by_six_digits(
    open_reader: OpenReader, house: str, folder: Path, screen: Screen
) -> None:
    page = open_reader("fathom/no-9/page/3", at=house, **PHONE)
    page.keyboard.press("ArrowRight")
    closed = page.locator(".page:not(.is-away) .page-closed")
    expect(closed).to_contain_text("opens once a form is filled in")
    assert axe_violations(page) == []
    screen(page, "form-closed-phone")
    closed.get_by_role("link", name="To the form").click()
    page.get_by_label("E-mail address").fill("rita-code@example.org")
    page.get_by_role("button", name="Send").click()
    digits = page.get_by_label("Code from the mail")
    expect(digits).to_be_focused()
    expect(page.get_by_text("We sent six digits to rita-code@example.org.")).to_be_visible()
    assert axe_violations(page) == []
    screen(page, "form-code-phone")
    digits.fill("12")
    page.get_by_role("button", name="Confirm").click()
    expect(page.locator(".mistake")).to_be_visible()
    expect(digits).to_be_focused()
    assert axe_violations(page) == []
    screen(page, "form-code-mistake-phone")
    (code,) = set(re.findall(r"(\d{6}) is your code for", (folder / "said").read_text()))
    digits.fill(code)
    page.get_by_role("button", name="Confirm").click()
    page.wait_for_selector("masthead-reader[data-ready] .page .page-picture")
    assert page.url.endswith("/page/4")


def test_the_dialog_in_arabic(open_reader: OpenReader, house: str, screen: Screen) -> None:
    page = open_reader(f"fathom/no-7/page/{SURVEY}?lang=ar", at=house, **PHONE, locale="ar")
    page.locator(".page:not(.is-away) a.page-overlay").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("group", name="How do you read Fathom?")).to_be_visible()
    dialog.get_by_role("button", name="إرسال").click()
    expect(dialog.locator(".mistake").first).to_have_text("يرجى اختيار إجابة.")
    page.wait_for_timeout(300)
    assert axe_violations(page) == []
    screen(page, "form-dialog-arabic-phone")


def test_the_gate_in_arabic_says_the_server_s_mistakes_in_arabic(
    open_reader: OpenReader, house: str, screen: Screen
) -> None:
    page = open_reader("fathom/no-8/?lang=ar", at=house, ready=False, **PHONE, locale="ar")
    assert page.locator("html").get_attribute("dir") == "rtl"
    expect(page.get_by_role("heading", level=1)).to_have_text("تابع القراءة بعنوان بريدك")
    page.evaluate("document.querySelector('form[data-form]').noValidate = true")
    page.get_by_label("عنوان البريد الإلكتروني").fill("rita@mail")
    page.get_by_role("button", name="افتح العدد").click()
    expect(page.locator(".mistake").first).to_be_visible()
    assert axe_violations(page) == []
    screen(page, "form-mistake-arabic-phone")
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


@pytest.mark.parametrize(("device", "options"), [("desktop", DESKTOP), ("phone", {**PHONE, "color_scheme": "dark"})])
def test_a_form_on_a_page_is_filled_in_by_keys_alone(
    open_reader: OpenReader, house: str, screen: Screen, device: str, options: dict[str, object]
) -> None:
    page = open_reader(f"fathom/no-7/page/{SURVEY}", at=house, **options)
    spot = page.locator(".page:not(.is-away) a.page-overlay")
    expect(spot.locator(".overlay-badge")).to_have_css("opacity", "1")  # a finger cannot hover to find it
    spot.focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("group", name="How do you read Fathom?")).to_be_visible()
    # The area is called by what it does, the dialog by what the form calls itself.
    expect(dialog.get_by_role("heading", level=2)).to_have_text("Twelve questions from the lighthouse")
    expect(page.get_by_role("dialog", name="Twelve questions from the lighthouse")).to_be_visible()
    page.wait_for_timeout(400)
    assert axe_violations(page) == []
    screen(page, f"form-dialog-{device}")
    dialog.get_by_label("How many lighthouses have you climbed?").fill("many")
    dialog.get_by_role("button", name="Send").focus()
    page.keyboard.press("Enter")
    expect(dialog.locator(".mistake")).to_have_text("Please choose an answer.")
    page.keyboard.press("Space")
    dialog.get_by_role("button", name="Send").click()
    expect(dialog.locator(".mistake")).to_have_text("Please write a number, with digits.")
    expect(dialog.get_by_role("radio", name="In print")).to_be_checked()
    assert axe_violations(page) == []
    screen(page, f"form-dialog-mistake-{device}")
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(spot).to_be_focused()
    page.keyboard.press("Enter")
    expect(dialog.get_by_label("How many lighthouses have you climbed?")).to_have_value("many")
    dialog.get_by_label("How many lighthouses have you climbed?").fill("3")
    dialog.get_by_role("button", name="Send").click()
    expect(dialog.get_by_role("status")).to_contain_text("The keeper has your answers.")
    screen(page, f"form-thanks-{device}")
    dialog.get_by_role("link", name="Back to reading").click()
    expect(dialog).to_have_count(0)
    assert page.url.endswith(f"/page/{SURVEY}")


def test_without_the_network_what_was_typed_stays(open_reader: OpenReader, house: str, screen: Screen) -> None:
    page = open_reader(f"fathom/no-7/page/{SURVEY}", at=house)
    page.locator(".page:not(.is-away) a.page-overlay").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Both").check()
    dialog.get_by_label("What should we know?").fill("The lamp is out.")
    fail: Callable[[Route], None] = lambda route: route.abort() if route.request.method == "POST" else route.fallback()  # noqa: E731
    page.route("**/form/*", fail)
    dialog.get_by_role("button", name="Send").click()
    expect(dialog.get_by_role("alert")).to_contain_text("What you typed is still here")
    expect(dialog.get_by_label("What should we know?")).to_have_value("The lamp is out.")
    screen(page, "form-offline")
    page.unroute("**/form/*")
    dialog.get_by_role("button", name="Send").dblclick()
    expect(dialog.get_by_role("status")).to_be_visible()


def test_a_form_beside_a_page_is_offered_once_and_never_in_the_way(
    open_reader: OpenReader, house: str, screen: Screen
) -> None:
    page = open_reader("fathom/no-7/page/3", at=house, **PHONE)
    note = page.get_by_role("region", name="Win a lantern")
    expect(note).to_be_visible()
    assert axe_violations(page) == []
    screen(page, "form-asked-phone")
    page.keyboard.press("ArrowRight")
    expect(note).to_have_count(0)
    page.keyboard.press("ArrowLeft")
    note.get_by_role("button", name="Fill it in").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Your guess").fill("Skagen")
    dialog.get_by_role("button", name="Send").click()
    expect(dialog.get_by_role("status")).to_contain_text("Thank you. Your answer has arrived.")
    page.keyboard.press("Escape")
    expect(note).to_have_count(0)
    page.reload()
    page.wait_for_selector("masthead-reader[data-ready] .page .page-picture")
    page.wait_for_timeout(800)
    expect(note).to_have_count(0)


def test_staff_make_a_form_and_read_what_was_answered(desk: Page, look: Look, house: str) -> None:
    look(desk, "list")
    desk.get_by_role("link", name="New form").click()
    desk.get_by_role("button", name="Make the form").click()
    expect(desk.locator(".mistake").first).to_contain_text("The form has no name")
    look(desk, "new-mistake")
    desk.get_by_label("Name for staff").fill("Letters")
    desk.get_by_label("Title").fill("Write to the keeper")
    desk.get_by_label("Only where an area on a page opens it").check()
    desk.get_by_role("button", name="Make the form").click()
    look(desk, "made")
    for kind, label in (("Consent", "I agree to be quoted."), ("E-mail address", "Your address")):
        desk.get_by_label("Add a field").select_option(label=kind)
        desk.get_by_role("button", name="Add", exact=True).click()
        desk.get_by_label("Wording of the consent" if kind == "Consent" else "Question or name of the field").fill(
            label
        )
        desk.get_by_role("button", name="Save").click()
    desk.get_by_role("button", name="Up: Your address").focus()
    desk.keyboard.press("Enter")
    expect(desk.locator(".questions li").first).to_contain_text("Your address")
    look(desk, "fields")
    desk.get_by_role("button", name="Switch it on").click()
    expect(desk.locator(".state-line")).to_contain_text("Readers meet it")
    desk.get_by_role("link", name="Preview").click()
    look(desk, "preview")
    desk.goto(desk.url.replace("/preview", "/answers"))
    look(desk, "answers-empty")
    desk.get_by_role("link", name="Forms", exact=True).click()
    desk.get_by_role("link", name="Newsletter", exact=True).click()
    look(desk, "gate")
    desk.locator(".head").get_by_role("link", name="answer").click()
    look(desk, "answers")
    desk.get_by_label("Words in the answer").fill("no-script")
    desk.get_by_role("button", name="Show", exact=True).click()
    expect(desk.get_by_role("heading", level=1)).to_have_text("1 answer")
    desk.locator("tbody a").first.click()
    expect(desk.locator(".answered")).to_contain_text(WORDING)
    look(desk, "answer")
    desk.goto(f"{house}office/houses/harbour-press/answers?email=rita-no-script@example.org")
    look(desk, "person")
    desk.get_by_role("button", name="Erase all of it").click()
    expect(desk.get_by_text("Answers that are erased: 1.")).to_be_visible()
