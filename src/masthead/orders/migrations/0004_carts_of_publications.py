"""One cart for all editions of a publication: those of its editions come together; lines say where they were chosen."""

import secrets
from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def come_together(apps: Any, schema_editor: Any) -> None:
    """The carts that one person has of a publication's editions are one from now on; quantities are added."""
    carts = apps.get_model("orders", "Cart")
    first: dict[tuple[str, int], Any] = {}
    for row in carts.objects.select_related("edition").order_by("changed_at", "pk"):
        lines = [[line[0], line[1], row.edition.slug] for line in row.kept.get("lines", [])]
        own = (row.edition.publication_id, row.person_id)
        kept = first.get(own)
        if kept is None:
            row.publication_id = row.edition.publication_id
            row.kept = {**row.kept, "lines": lines}
            first[own] = row
            row.save()
            continue
        there = {line[0]: line for line in kept.kept["lines"]}
        for line in lines:
            if line[0] in there:
                there[line[0]][1] += line[1]
            else:
                kept.kept["lines"].append(line)
        # Another name: a device that knows only one of them must not take it for the whole.
        kept.kept["name"] = secrets.token_urlsafe(9)
        kept.save()
        row.delete()


def lines_know_their_edition(apps: Any, schema_editor: Any) -> None:
    """What was ordered before was chosen in the edition from which it was ordered."""
    lines, orders = apps.get_model("orders", "OrderLine"), apps.get_model("orders", "Order")
    of_order = orders.objects.filter(pk=models.OuterRef("order_id")).values("edition_id")[:1]
    lines.objects.update(edition_id=models.Subquery(of_order))


class Migration(migrations.Migration):
    dependencies = [
        ("library", "0005_overlays"),
        ("orders", "0003_statuses_price_lists_feeds"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="orderline",
            name="edition",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="library.edition"
            ),
        ),
        migrations.RemoveConstraint(model_name="cart", name="one_cart_a_person"),
        migrations.AddField(
            model_name="cart",
            name="publication",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="library.publication"
            ),
        ),
        migrations.RunPython(lines_know_their_edition, migrations.RunPython.noop, elidable=True),
        migrations.RunPython(come_together, migrations.RunPython.noop, elidable=True),
    ]
