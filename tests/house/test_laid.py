"""What lies on pages, over HTTP: in the HTML without a script, in the reader's file, only for those who may read."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from django.test import Client
from tests.cast import Cast, signed_in
from tests.production.overlays.laying import MP4, edition_with_words, kept_picture, lay

from masthead.access.rules import Answer, Reason
from masthead.document.overlays import OverlayKind as K
from masthead.library.selectors import Edition
from masthead.library.services import edition_publish, edition_withdraw
from masthead.production.overlays import files
from masthead.production.overlays.services import overlay_remove

HOME = "/fathom/no-1/"


@pytest.fixture
def edition(cast: Cast, data: Path) -> Edition:
    return edition_with_words(cast, data)


@pytest.fixture
def live(cast: Cast, edition: Edition) -> Edition:
    return edition_publish(by=cast.owner, edition=edition)


def text(address: str, client: Client | None = None) -> str:
    answer = (client or Client()).get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def test_without_a_script_all_kinds_read_in_the_page(cast: Cast, live: Edition) -> None:
    picture = {"file": kept_picture(live), "alt": "A <lamp>", "caption": "At night"}
    film = files.file_keep(edition=live, kind=files.VIDEO, stream=io.BytesIO(MP4), label="a").name
    lay(cast, live, K.LINK, address="https://fathom.example/a?b=1&c=2")
    lay(cast, live, K.PAGE, target="2")
    lay(cast, live, K.VIDEO, file=film, transcript="Ahoy")
    lay(cast, live, K.VIDEO, address="https://youtu.be/dQw4w9WgXcQ")
    lay(cast, live, K.GALLERY, pictures=[picture, picture])
    lay(cast, live, K.POPUP, text="Hello <strong>you</strong>")
    lay(cast, live, K.PRODUCT, code="4711", name="Lantern", price="24.5", currency="GBP")
    lay(cast, live, K.HTML, html="<script>alert(1)</script>")
    page = text(f"{HOME}page/1")
    assert 'href="https://fathom.example/a?b=1&amp;c=2" rel="noopener nofollow"' in page
    assert f'href="{HOME}page/2"' in page
    assert '<video src="/fathom/no-1/overlays/files/' in page
    assert 'href="https://www.youtube.com/watch?v=dQw4w9WgXcQ"' in page
    assert "youtube-nocookie" not in page, "nothing is loaded from there before the reader's click"
    assert page.count('alt="A &lt;lamp&gt;"') == 2
    assert "Hello <strong>you</strong>" in page
    assert "£24.50" in page
    assert "alert(1)" not in page
    assert 'overlays="/fathom/no-1/overlays.json"' in page
    assert "More of it" not in text(f"{HOME}page/2")


def test_a_page_without_overlays_is_as_it_was(cast: Cast, live: Edition) -> None:
    page = text(f"{HOME}page/1")
    assert "overlays" not in page
    policy = Client().get(f"{HOME}page/1")["Content-Security-Policy"]
    assert "frame-src 'self';" in policy


def test_the_page_changes_at_once_and_its_policy_allows_what_it_frames(cast: Cast, live: Edition) -> None:
    before = Client().get(f"{HOME}page/1")["ETag"]
    made = lay(cast, live, K.VIDEO, address="https://vimeo.com/76979871")
    answer = Client().get(f"{HOME}page/1")
    assert answer["ETag"] != before
    assert "frame-src 'self' https://player.vimeo.com;" in answer["Content-Security-Policy"]
    overlay_remove(by=cast.editor, overlay=made)
    assert "vimeo" not in Client().get(f"{HOME}page/1")["Content-Security-Policy"]


def test_the_readers_file_is_small_and_asked_for_again(cast: Cast, live: Edition) -> None:
    made = lay(cast, live)
    answer = Client().get(f"{HOME}overlays.json")
    assert answer["Content-Type"] == "application/json"
    assert answer["Cache-Control"] == "no-cache"
    assert [one["id"] for one in answer.json()["overlays"]] == [made.pk]
    again = Client().get(f"{HOME}overlays.json", headers={"If-None-Match": answer["ETag"]})
    assert again.status_code == 304
    lay(cast, live, page=2)
    assert Client().get(f"{HOME}overlays.json", headers={"If-None-Match": answer["ETag"]}).status_code == 200


def test_files_are_sent_in_parts_and_kept_by_browsers(cast: Cast, live: Edition) -> None:
    film = files.file_keep(edition=live, kind=files.VIDEO, stream=io.BytesIO(MP4), label="a").name
    address = f"{HOME}overlays/files/{film}"
    assert Client().get(address).status_code == 404, "it lies on no page"
    made = lay(cast, live, K.VIDEO, file=film)
    part = Client().get(address, headers={"Range": "bytes=4-7"})
    assert (part.status_code, b"".join(part.streaming_content)) == (206, b"ftyp")
    assert part["Content-Type"] == "video/mp4"
    assert part["X-Content-Type-Options"] == "nosniff"
    part.close()
    overlay_remove(by=cast.editor, overlay=made)
    assert Client().get(address).status_code == 404


def test_an_html_overlay_is_nobodys_origin(cast: Cast, live: Edition) -> None:
    made = lay(cast, live, K.HTML, html="<script>document.title = 'x'</script>")
    answer = Client().get(f"{HOME}overlays/{made.pk}/content.html")
    policy = answer["Content-Security-Policy"]
    assert policy.startswith("sandbox allow-scripts allow-popups;")
    assert "allow-same-origin" not in policy
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'self' *" in policy, "as the edition itself"
    assert b"document.title = 'x'" in answer.content
    link = lay(cast, live)
    assert Client().get(f"{HOME}overlays/{link.pk}/content.html").status_code == 404


@pytest.mark.parametrize("who", ["owner", "editor", "shop", "outsider", "reader", "nobody"])
def test_nothing_of_it_leaves_without_the_right_to_read(cast: Cast, edition: Edition, who: str) -> None:
    name = kept_picture(edition)
    lay(cast, edition, K.GALLERY, pictures=[{"file": name, "alt": "A lamp"}])
    made = lay(cast, edition, K.HTML, html="secret")
    client = signed_in(cast.people()[who])
    is_staff = who in ("owner", "editor", "shop")
    for path in ("overlays.json", f"overlays/files/{name}", f"overlays/{made.pk}/content.html", "page/1"):
        answer = client.get(HOME + path)
        assert answer.status_code == (200 if is_staff else 404), path
        if is_staff:
            assert answer["Cache-Control"] == "private, no-store"
        answer.close()
    edition_withdraw(by=cast.owner, edition=edition_publish(by=cast.owner, edition=edition))
    assert signed_in(None).get(f"{HOME}overlays.json").status_code == 410
    assert signed_in(None).get(f"{HOME}overlays/files/{name}").status_code == 410


def test_what_lies_on_a_closed_page_stays_there(cast: Cast, live: Edition, monkeypatch: pytest.MonkeyPatch) -> None:
    name = kept_picture(live)
    lay(cast, live, K.GALLERY, page=2, pictures=[{"file": name, "alt": "A lamp"}])
    made = lay(cast, live, K.HTML, page=2, html="secret")
    shown = lay(cast, live, page=1)

    def only_the_first(person: object, edition: object, page: int | None = None, proofs: object = ()) -> Answer:
        return Answer(page in (None, 1), Reason.OPEN, is_public=True)

    monkeypatch.setattr("masthead.site.reading.may_read", only_the_first)
    told = Client().get(f"{HOME}overlays.json").json()
    assert [one["id"] for one in told["overlays"]] == [shown.pk]
    assert Client().get(f"{HOME}overlays/files/{name}").status_code == 404
    assert Client().get(f"{HOME}overlays/{made.pk}/content.html").status_code == 404
