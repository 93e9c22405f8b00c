"""Operations on webhooks: who is told what happens, with which secret, and how it arrived."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Annotated, Any, Literal, cast

from ninja import Router, Status
from pydantic import Field

from masthead.accounts.rights import Action
from masthead.accounts.selectors import require
from masthead.api.gate import Call, Needs
from masthead.api.paging import Cursor, Limit, page_of
from masthead.api.shapes import Id, In, Name, OneOf, Out, Page, Text
from masthead.library.errors import NotFoundError
from masthead.library.selectors import publication_list
from masthead.webhooks.events import EVENTS
from masthead.webhooks.selectors import Message, Webhook, delivery_list, webhook_list
from masthead.webhooks.services import (
    delivery_again,
    webhook_change,
    webhook_create,
    webhook_pause,
    webhook_remove,
    webhook_resume,
    webhook_rotate,
    webhook_test,
)
from masthead.webhooks.signing import secret_of

router = Router(tags=["Webhooks"])
StateName = Literal["waiting", "sent", "given_up"]
EventName = Annotated[str, OneOf(EVENTS)]


class WebhookIn(In):
    """An address that is told what happens."""

    name: Name
    address: Annotated[Text, Field(min_length=1, max_length=500, description="By https, and public.")]
    events: list[EventName] = Field(default=[], max_length=100, description="Empty: all.")
    publications: list[Id] = Field(default=[], max_length=1000, description="Ids; empty: all.")


class WebhookOut(Out):
    """A webhook without its secret."""

    id: str
    name: str
    address: str
    events: list[str]
    publications: list[str]
    is_paused: bool
    pause: Literal["", "by_hand", "failing", "gone"] = Field(description="Why it is paused.")
    failing_since: datetime | None
    arrived_at: datetime | None = Field(description="When something arrived last.")
    created_at: datetime

    @staticmethod
    def of(row: Webhook) -> WebhookOut:
        """As it is answered."""
        return WebhookOut.filled(row, is_paused=row.paused_at is not None)


class Secret(Out):
    """What its receiver checks signatures with."""

    secret: str


class DeliveryOut(Out):
    """Something that was told, or will be."""

    id: str
    event: str
    event_id: str = Field(description="Sent as `webhook-id`: the same whenever it is sent again.")
    state: StateName
    attempts: int
    status: int | None = Field(description="Of the last answer.")
    problem: str = Field(description="Why it did not arrive, such as `timeout`.")
    answer: str = Field(description="The beginning of the last answer.")
    due_at: datetime | None = Field(description="When it is tried next.")
    tried_at: datetime | None
    created_at: datetime
    body: dict[str, Any]

    @staticmethod
    def of(row: Message) -> DeliveryOut:
        """As it is answered."""
        return DeliveryOut.filled(
            row,
            state=cast(StateName, row.state),
            due_at=row.due_at if row.state == Message.State.WAITING else None,
            body=json.loads(row.body),
        )


class EventOut(Out):
    """An event that can be told."""

    event: str
    description: str


def _one(request: Call, webhook: str) -> Webhook:
    require(request.person, Action.MANAGE_WEBHOOKS, request.house.pk)
    found = webhook_list(request.person, request.house).filter(pk=webhook).first()
    if found is None:
        raise NotFoundError(webhook)
    return found


def _delivery(request: Call, webhook: str, delivery: str) -> tuple[Webhook, Message]:
    found = _one(request, webhook)
    row = delivery_list(found).filter(pk=delivery).first()
    if row is None:
        raise NotFoundError(delivery)
    return found, row


def _said(request: Call, body: WebhookIn) -> dict[str, Any]:
    seen = set(publication_list(request.person, request.house).values_list("pk", flat=True))
    if not set(body.publications) <= seen:
        raise NotFoundError("publication")
    return body.model_dump()


@router.get("/events", response=list[EventOut], auth=Needs("webhooks:read"))
def list_events(request: Call) -> list[EventOut]:
    """What webhooks can be told."""
    return [EventOut(event=event, description=said) for event, said in EVENTS.items()]


@router.get("/webhooks", response=Page[WebhookOut], auth=Needs("webhooks:read"))
def list_webhooks(request: Call, cursor: Cursor = "", limit: Limit = 50) -> Page[WebhookOut]:
    """The webhooks of the house, by name."""
    require(request.person, Action.MANAGE_WEBHOOKS, request.house.pk)
    rows = webhook_list(request.person, request.house)
    return page_of(rows, ("name", "pk"), cursor, limit, lambda found: [WebhookOut.of(row) for row in found])


@router.post("/webhooks", response={201: WebhookOut}, auth=Needs("webhooks:write"))
def create_webhook(request: Call, body: WebhookIn) -> Status[WebhookOut]:
    """Tell an address what happens from now on."""
    require(request.person, Action.MANAGE_WEBHOOKS, request.house.pk)
    made = webhook_create(by=request.person, publisher=request.house, **_said(request, body))
    return Status(201, WebhookOut.of(made))


@router.get("/webhooks/{slug:webhook}", response=WebhookOut, auth=Needs("webhooks:read"))
def get_webhook(request: Call, webhook: str) -> WebhookOut:
    """One webhook."""
    return WebhookOut.of(_one(request, webhook))


@router.put("/webhooks/{slug:webhook}", response=WebhookOut, auth=Needs("webhooks:write"))
def set_webhook(request: Call, webhook: str, body: WebhookIn) -> WebhookOut:
    """Give it other particulars."""
    found = _one(request, webhook)
    return WebhookOut.of(webhook_change(by=request.person, webhook=found, **_said(request, body)))


@router.delete("/webhooks/{slug:webhook}", response={204: None}, auth=Needs("webhooks:write"))
def delete_webhook(request: Call, webhook: str) -> Status[None]:
    """Tell it nothing any more, and forget it."""
    webhook_remove(by=request.person, webhook=_one(request, webhook))
    return Status(204, None)


@router.get("/webhooks/{slug:webhook}/secret", response=Secret, auth=Needs("webhooks:write"))
def get_webhook_secret(request: Call, webhook: str) -> Secret:
    """What its receiver checks signatures with."""
    return Secret(secret=secret_of(_one(request, webhook)))


@router.post("/webhooks/{slug:webhook}/rotate", response=Secret, auth=Needs("webhooks:write"))
def rotate_webhook_secret(request: Call, webhook: str) -> Secret:
    """Make another secret; for a day the one before signs too."""
    made = Secret(secret=secret_of(webhook_rotate(by=request.person, webhook=_one(request, webhook))))
    request.shown_once = [made.secret]
    return made


@router.post("/webhooks/{slug:webhook}/pause", response=WebhookOut, auth=Needs("webhooks:write"))
def pause_webhook(request: Call, webhook: str) -> WebhookOut:
    """Tell it nothing for a while; what happens meanwhile it never hears."""
    webhook_pause(by=request.person, webhook=_one(request, webhook))
    return WebhookOut.of(_one(request, webhook))


@router.post("/webhooks/{slug:webhook}/resume", response=WebhookOut, auth=Needs("webhooks:write"))
def resume_webhook(request: Call, webhook: str) -> WebhookOut:
    """Let it go on."""
    webhook_resume(by=request.person, webhook=_one(request, webhook))
    return WebhookOut.of(_one(request, webhook))


@router.post("/webhooks/{slug:webhook}/test", response={201: DeliveryOut}, auth=Needs("webhooks:write"))
def test_webhook(request: Call, webhook: str) -> Status[DeliveryOut]:
    """Send it an event that says nothing; fetch the delivery to see how it went."""
    return Status(201, DeliveryOut.of(webhook_test(by=request.person, webhook=_one(request, webhook))))


@router.get("/webhooks/{slug:webhook}/deliveries", response=Page[DeliveryOut], auth=Needs("webhooks:read"))
def list_deliveries(request: Call, webhook: str, cursor: Cursor = "", limit: Limit = 50) -> Page[DeliveryOut]:
    """What was told to it, latest first; kept for thirty days."""
    rows = delivery_list(_one(request, webhook))
    return page_of(rows, ("-created_at", "pk"), cursor, limit, lambda found: [DeliveryOut.of(row) for row in found])


@router.get("/webhooks/{slug:webhook}/deliveries/{slug:delivery}", response=DeliveryOut, auth=Needs("webhooks:read"))
def get_delivery(request: Call, webhook: str, delivery: str) -> DeliveryOut:
    """How one went."""
    return DeliveryOut.of(_delivery(request, webhook, delivery)[1])


@router.post(
    "/webhooks/{slug:webhook}/deliveries/{slug:delivery}/again", response=DeliveryOut, auth=Needs("webhooks:write")
)
def send_again(request: Call, webhook: str, delivery: str) -> DeliveryOut:
    """Send it once more from the beginning, under the id that it had."""
    found, row = _delivery(request, webhook, delivery)
    delivery_again(by=request.person, webhook=found, delivery=row)
    return DeliveryOut.of(_delivery(request, webhook, delivery)[1])
