"""Whatever staff change in the back office, a program can change: each page that writes names its operations."""

from __future__ import annotations

import re
from pathlib import Path

from masthead.api.reference import document

ROOT = Path(__file__).parents[2]
PAGES = ROOT / "docs/engineers/who-may-reach-what.md"  # which a test of its own holds to the addresses of the house

_HOUSE, _TITLE, _EDITION = "/office/houses/{house}", "/office/publications/{publication}", "/office/editions/{edition}"
# The operations that do what is done on a page; behind a dash why no program does it.
DONE_BY = {
    f"{_HOUSE}/publications/new": "create_publication",
    f"{_TITLE}/editions/new": "upload_at_once create_edition",
    f"{_EDITION}/publish": "publish_edition",
    f"{_EDITION}/withdraw": "withdraw_edition",
    f"{_EDITION}/schedule": "schedule_edition",
    f"{_EDITION}/unschedule": "unschedule_edition",
    f"{_EDITION}/withdraw-later": "set_withdraw_time",
    f"{_EDITION}/conversions/{{conversion}}/cancel": "cancel_conversion",
    f"{_EDITION}/conversions/{{conversion}}/first": "set_turn_of_conversion",
    f"{_EDITION}/conversions/{{conversion}}/retry": "retry_conversion",
    f"{_HOUSE}/arrivals": "begin_tus_upload",
    "/office/arrivals/{arrival}": "send_tus_bytes end_tus_upload",
    "/office/arrivals/{arrival}/remove": "delete_upload",
    "/office/arrivals/{arrival}/unlock": "unlock_upload",
    f"{_HOUSE}/upload": "upload_at_once",
    f"{_HOUSE}/upload/sheet": "import_editions",
    f"{_HOUSE}/upload/start": "import_editions",
    f"{_EDITION}/replace": "replace_pdf",
    f"{_EDITION}/builds/{{build}}/choose": "choose_build",
    f"{_EDITION}/builds/{{build}}/remove": "delete_build",
    f"{_EDITION}/convert": "convert_again",
    f"{_EDITION}/delete": "delete_edition",
    f"{_EDITION}/restore": "restore_edition list_deleted_editions",
    f"{_TITLE}/delete": "delete_publication",
    f"{_TITLE}/restore": "restore_publication list_deleted_publications",
    f"{_HOUSE}/editions/change": "change_editions",
    f"{_HOUSE}/shelves": "create_shelf create_category",
    f"{_HOUSE}/shelves/{{shelf}}": "set_shelf",
    f"{_HOUSE}/shelves/{{shelf}}/remove": "delete_shelf",
    f"{_HOUSE}/categories/{{category}}": "rename_category delete_category",
    f"{_HOUSE}/staff": "invite",
    f"{_HOUSE}/staff/{{role}}": "set_staff",
    f"{_HOUSE}/staff/{{role}}/remove": "delete_staff",
    f"{_HOUSE}/invitations/{{invitation}}/remove": "delete_invitation",
    f"{_HOUSE}/tokens": "create_token",
    f"{_HOUSE}/tokens/{{token}}/revoke": "revoke_token",
    f"{_HOUSE}/webhooks": "create_webhook",
    f"{_HOUSE}/webhooks/{{webhook}}": "set_webhook",
    f"{_HOUSE}/webhooks/{{webhook}}/{{deed}}": "pause_webhook resume_webhook rotate_webhook_secret "
    "test_webhook delete_webhook",
    f"{_HOUSE}/webhooks/{{webhook}}/deliveries/{{delivery}}/again": "send_again",
    f"{_HOUSE}/leaving": "- all of a house at once leaves by the hand of an owner who has signed in, and of no token",
    f"{_HOUSE}/settings": "change_house",
    f"{_TITLE}/particulars": "change_publication",
    f"{_TITLE}/reading": "set_publication_settings",
    f"{_TITLE}/look": "set_branding",
    f"{_TITLE}/look/logo": "set_logo delete_logo",
    f"{_TITLE}/look/icon": "set_icon delete_icon",
    f"{_TITLE}/look/typefaces/{{use}}": "add_typeface remove_typeface",
    f"{_TITLE}/words": "set_words",
    f"{_TITLE}/domain": "set_domain",
    f"{_EDITION}/particulars": "change_edition",
    f"{_EDITION}/reading": "set_edition_settings",
    f"{_EDITION}/reading/as": "set_edition_up_as",
    f"{_EDITION}/advertisements/found": "create_overlay refuse_found_advertisements",
    f"{_EDITION}/overlays/products": "lay_proposals",
    f"{_EDITION}/overlays/new": "create_overlay add_overlay_file",
    f"{_EDITION}/overlays/step": "undo_overlay_step redo_overlay_step",
    f"{_EDITION}/overlays/{{overlay}}": "set_overlay",
    f"{_EDITION}/overlays/{{overlay}}/move": "move_overlay",
    f"{_EDITION}/overlays/{{overlay}}/remove": "delete_overlay",
    f"{_EDITION}/links/check": "check_links",
    f"{_EDITION}/links/change": "set_link",
    f"{_EDITION}/share": "create_proof_link",
    f"{_EDITION}/proof/{{link}}/revoke": "revoke_proof_link",
    f"{_EDITION}/recipients": "create_recipients end_recipient",
    f"{_HOUSE}/readers": "create_reader",
    f"{_HOUSE}/readers/import": "import_readers",
    f"{_HOUSE}/readers/{{reader}}": "change_reader invite_reader give_period set_period revoke_period give_permission "
    "revoke_permission reset_devices erase_reader",
    f"{_HOUSE}/subscriptions": "create_subscription",
    f"{_HOUSE}/subscriptions/{{subscription}}": "set_subscription",
    f"{_HOUSE}/codes": "create_access_codes",
    f"{_HOUSE}/codes/{{code}}/revoke": "revoke_access_code",
    f"{_HOUSE}/identity": "create_identity_provider",
    f"{_HOUSE}/identity/{{provider}}": "change_identity_provider",
    f"{_HOUSE}/identity/{{provider}}/refresh": "refresh_identity_provider",
    f"{_HOUSE}/identity/{{provider}}/own-key": "make_own_key turn_own_key",
    f"{_HOUSE}/identity/{{provider}}/remove": "delete_identity_provider",
    f"{_HOUSE}/sites/{{provider}}": "change_identity_provider create_site_key",
    f"{_HOUSE}/sites/{{provider}}/keys/{{key}}/revoke": "revoke_site_key",
    f"{_TITLE}/terms": "set_publication_terms",
    f"{_EDITION}/terms": "set_edition_terms explain_reading",
    f"{_HOUSE}/comments": "decide_comment",
    f"{_HOUSE}/comments/rules": "set_held_words unblock_person",
    f"{_HOUSE}/comments/{{comment}}/block": "block_person",
    f"{_TITLE}/ordering": "set_publication_ordering",
    f"{_EDITION}/ordering": "set_edition_ordering",
    f"{_TITLE}/products/new": "create_product",
    f"{_TITLE}/products/import": "set_products",
    f"{_TITLE}/products/{{product}}": "set_product",
    f"{_TITLE}/products/{{product}}/picture": "set_product_picture delete_product_picture",
    f"{_TITLE}/products/{{product}}/remove": "delete_product",
    f"{_TITLE}/products/feed": "set_feed",
    f"{_TITLE}/products/feed/fetch": "fetch_feed",
    f"{_TITLE}/products/feed/remove": "delete_feed",
    f"{_TITLE}/checkout": "set_checkout",
    f"{_TITLE}/checkout/rotate": "rotate_checkout_secret",
    f"{_TITLE}/prices": "create_price_list",
    f"{_TITLE}/prices/{{price_list}}": "set_price_list set_prices",
    f"{_TITLE}/prices/{{price_list}}/remove": "delete_price_list",
    f"{_TITLE}/forms/new": "create_form",
    f"{_TITLE}/forms/{{form}}": "set_form",
    f"{_TITLE}/forms/{{form}}/{{deed}}": "switch_form_on switch_form_off ask_form_again delete_form",
    f"{_TITLE}/forms/{{form}}/fields/new": "set_form",
    f"{_TITLE}/forms/{{form}}/fields/{{field}}": "set_form",
    f"{_TITLE}/forms/{{form}}/fields/{{field}}/{{deed}}": "set_form",
    f"{_TITLE}/forms/{{form}}/answers/{{answer}}": "delete_answer",
    f"{_HOUSE}/answers": "get_answers_of_person erase_answers_of_person",
    f"{_HOUSE}/orders/change": "set_order_status erase_order",
    f"{_HOUSE}/orders/{{order}}": "set_order_status set_order_note erase_order",
    "/office/you": "- a person's own name and language",
    f"{_EDITION}/corrections/apply": "apply_corrections",
    f"{_EDITION}/corrections/undo": "undo_correction",
    f"{_EDITION}/corrections/restore": "restore_correction",
    f"{_EDITION}/articles/{{article}}": "add_corrections",
    f"{_EDITION}/text/{{page}}": "add_corrections",
    f"{_EDITION}/pages": "set_arrangement add_corrections",
    f"{_EDITION}/pages/{{page}}/replace": "replace_page",
    f"{_EDITION}/contents": "set_contents make_contents",
    f"{_TITLE}/accessibility": "set_accessibility_statement",
    f"{_TITLE}/template": "switch_template_rule forget_template_rule",
}


def writing_pages() -> set[str]:
    """The pages of the back office that change something."""
    text = PAGES.read_text(encoding="utf-8")
    return set(re.findall(r"^\| `(?:POST|PUT|PATCH|DELETE) (/office[^`]*)`", text, re.M))


def test_each_page_that_writes_has_its_operations() -> None:
    pages = writing_pages()
    assert len(pages) > 100
    assert pages - DONE_BY.keys() == set(), "what does a program call to do what is done there?"
    assert DONE_BY.keys() - pages == set(), "there is no such page any more"


def test_each_operation_named_is_there() -> None:
    there = {told["operationId"] for verbs in document()["paths"].values() for told in verbs.values()}
    named = {name for said in DONE_BY.values() if not said.startswith("- ") for name in said.split()}
    assert named - there == set()
