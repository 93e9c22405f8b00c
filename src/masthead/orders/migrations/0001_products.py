"""Products of publications."""

import django.core.validators
import django.db.models.deletion
from django.db import migrations, models

import masthead.accounts.ids


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("library", "0005_overlays"),
    ]

    operations = [
        migrations.CreateModel(
            name="Product",
            fields=[
                (
                    "id",
                    models.CharField(
                        default=masthead.accounts.ids.new_id,
                        editable=False,
                        max_length=12,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("code", models.CharField(max_length=60)),
                ("key", models.CharField(max_length=120)),
                ("name", models.CharField(max_length=200)),
                ("description", models.CharField(blank=True, max_length=2000)),
                ("price", models.DecimalField(blank=True, decimal_places=3, max_digits=13, null=True)),
                ("currency", models.CharField(blank=True, max_length=3)),
                ("tax", models.DecimalField(decimal_places=2, default=0, max_digits=5)),
                (
                    "pack_size",
                    models.PositiveIntegerField(default=1, validators=[django.core.validators.MinValueValidator(1)]),
                ),
                (
                    "minimum",
                    models.PositiveIntegerField(default=1, validators=[django.core.validators.MinValueValidator(1)]),
                ),
                (
                    "step",
                    models.PositiveIntegerField(default=1, validators=[django.core.validators.MinValueValidator(1)]),
                ),
                ("stock", models.PositiveIntegerField(blank=True, null=True)),
                ("address", models.CharField(blank=True, max_length=2000)),
                ("is_offered", models.BooleanField(default=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("changed_at", models.DateTimeField(auto_now=True)),
                (
                    "publication",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="library.publication"
                    ),
                ),
            ],
            options={
                "ordering": ["key"],
                "constraints": [
                    models.UniqueConstraint(fields=("publication", "key"), name="one_product_a_code"),
                    models.CheckConstraint(
                        condition=models.Q(("price__isnull", True), ("price__gte", 0), _connector="OR"),
                        name="a_price_is_not_negative",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("price__isnull", True), models.Q(("currency", ""), _negated=True), _connector="OR"
                        ),
                        name="a_price_has_a_currency",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("minimum__gte", 1), ("pack_size__gte", 1), ("step__gte", 1)),
                        name="a_product_is_ordered_in_ones",
                    ),
                ],
            },
        ),
    ]
