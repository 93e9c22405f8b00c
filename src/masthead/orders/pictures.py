"""Pictures of products: written anew so that only their pixels stay, kept under their content, sent by their name."""

from __future__ import annotations

import hashlib
import re
from typing import Final

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.urls import reverse

from masthead.accounts.rights import Action
from masthead.accounts.selectors import User
from masthead.accounts.services import log_write
from masthead.library.selectors import require
from masthead.library.services import publication_laid
from masthead.orders.errors import ProductPictureError
from masthead.orders.models import Product
from masthead.pictures.uploaded import PictureError, upright_webp

PICTURE_NAME: Final = re.compile(r"[0-9a-f]{32}-\d{1,5}x\d{1,5}\.webp")
LARGEST = 10 << 20  # bytes


def product_picture_set(*, by: User, product: Product, data: bytes | None) -> None:
    """Another picture; None takes it away. Raises NotAllowedError, ProductPictureError at its field."""
    require(by, Action.MANAGE_SHOP, product.publication)
    name = picture_keep(product.publication_id, data) if data is not None else ""
    with transaction.atomic():
        Product.objects.filter(pk=product.pk).update(picture=name)
        publication_laid(publication_id=product.publication_id)
        log_write(
            by=by,
            publisher_id=product.publication.publisher_id,
            action="product.picture",
            subject_id=product.pk,
            subject_name=str(product),
        )
    product.picture = name


def picture_keep(publication_id: str, data: bytes) -> str:
    """Keep a picture, and say its name. Raises ProductPictureError."""
    if len(data) > LARGEST:
        raise ProductPictureError(f"{len(data)} bytes", field="picture")
    try:
        made, width, height = upright_webp(data)
    except PictureError as error:
        raise ProductPictureError(str(error), field="picture") from error
    name = f"{hashlib.sha256(made).hexdigest()[:32]}-{width}x{height}.webp"
    place = picture_place(publication_id, name)
    if not default_storage.exists(place):
        default_storage.save(place, ContentFile(made))
    return name


def picture_address(product: Product) -> str:
    """Where its picture is sent from; "" where it has none."""
    return reverse("product-picture-file", args=[product.publication_id, product.picture]) if product.picture else ""


def picture_size(product: Product) -> tuple[int, int]:
    """Its width and height in pixels, which stand in its name."""
    width, _, height = product.picture.rpartition("-")[2].removesuffix(".webp").partition("x")
    return int(width), int(height)


def product_picture(publication_id: str, name: str) -> bytes | None:
    """A picture that a product of the publication has; None where none has it. Its name cannot be guessed."""
    if not name or not Product.objects.filter(publication_id=publication_id, picture=name).exists():
        return None
    with default_storage.open(picture_place(publication_id, name)) as file:
        return bytes(file.read())


def picture_place(publication_id: str, name: str) -> str:
    """Where a picture lies in the storage of files."""
    return f"products/{publication_id}/{name}"
