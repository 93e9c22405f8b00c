"""Statuses of orders, price lists, feeds, options and pictures of products, and where orders go on."""

import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import masthead.accounts.ids


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0003_identity_providers"),
        ("accounts", "0003_token"),
        ("library", "0005_overlays"),
        ("orders", "0002_order_forms_and_carts"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Checkout",
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
                ("shop_address", models.CharField(blank=True, max_length=500)),
                ("shop_way", models.CharField(default="post", max_length=12)),
                ("payment_address", models.CharField(blank=True, max_length=500)),
                ("turn", models.PositiveIntegerField(default=1)),
            ],
        ),
        migrations.CreateModel(
            name="FeedRun",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("problem", models.CharField(blank=True, max_length=40)),
                ("detail", models.CharField(blank=True, max_length=300)),
                ("new", models.PositiveIntegerField(default=0)),
                ("changed", models.PositiveIntegerField(default=0)),
                ("same", models.PositiveIntegerField(default=0)),
                ("gone", models.PositiveIntegerField(default=0)),
                ("problems", models.PositiveIntegerField(default=0)),
                ("rows", models.JSONField(default=list)),
            ],
            options={
                "ordering": ["-at"],
            },
        ),
        migrations.CreateModel(
            name="ListPrice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "least",
                    models.PositiveIntegerField(default=1, validators=[django.core.validators.MinValueValidator(1)]),
                ),
                ("price", models.DecimalField(decimal_places=3, max_digits=13)),
            ],
            options={
                "ordering": ["product", "least"],
            },
        ),
        migrations.CreateModel(
            name="PriceList",
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
                ("name", models.CharField(max_length=120)),
                ("is_for_all", models.BooleanField(default=False)),
                ("domains", models.JSONField(blank=True, default=list)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="ProductFeed",
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
                ("address", models.CharField(max_length=2000)),
                ("hours", models.PositiveSmallIntegerField(default=24)),
                ("is_on", models.BooleanField(default=True)),
                ("due_at", models.DateTimeField(blank=True, null=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
            ],
        ),
        migrations.AddField(
            model_name="order",
            name="changed_at",
            field=models.DateTimeField(auto_now=True),
        ),
        migrations.AddField(
            model_name="order",
            name="erase_asked_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="order",
            name="erased_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="order",
            name="note",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="order",
            name="payment",
            field=models.CharField(blank=True, max_length=12),
        ),
        migrations.AddField(
            model_name="order",
            name="payment_reference",
            field=models.CharField(blank=True, max_length=120),
        ),
        migrations.AddField(
            model_name="order",
            name="status",
            field=models.CharField(
                choices=[
                    ("new", "New"),
                    ("confirmed", "Confirmed"),
                    ("in_work", "In Work"),
                    ("sent", "Sent"),
                    ("done", "Done"),
                    ("cancelled", "Cancelled"),
                ],
                default="new",
                max_length=12,
            ),
        ),
        migrations.AddField(
            model_name="product",
            name="group",
            field=models.CharField(blank=True, max_length=60),
        ),
        migrations.AddField(
            model_name="product",
            name="is_fed",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="product",
            name="is_gone",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="product",
            name="option",
            field=models.CharField(blank=True, max_length=120),
        ),
        migrations.AddField(
            model_name="product",
            name="picture",
            field=models.CharField(blank=True, max_length=120),
        ),
        migrations.AddField(
            model_name="product",
            name="picture_address",
            field=models.CharField(blank=True, max_length=2000),
        ),
        migrations.AddField(
            model_name="product",
            name="picture_fetched",
            field=models.CharField(blank=True, max_length=2000),
        ),
        migrations.AddIndex(
            model_name="order",
            index=models.Index(fields=["publisher", "-created_at"], name="orders_by_day"),
        ),
        migrations.AddIndex(
            model_name="order",
            index=models.Index(fields=["person"], name="orders_of_a_person"),
        ),
        migrations.AddField(
            model_name="checkout",
            name="publication",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="library.publication"
            ),
        ),
        migrations.AddField(
            model_name="feedrun",
            name="by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="listprice",
            name="product",
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="orders.product"),
        ),
        migrations.AddField(
            model_name="pricelist",
            name="publication",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="library.publication"
            ),
        ),
        migrations.AddField(
            model_name="pricelist",
            name="subscriptions",
            field=models.ManyToManyField(blank=True, related_name="+", to="access.subscription"),
        ),
        migrations.AddField(
            model_name="listprice",
            name="price_list",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="prices", to="orders.pricelist"
            ),
        ),
        migrations.AddField(
            model_name="productfeed",
            name="asked_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="productfeed",
            name="publication",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="library.publication"
            ),
        ),
        migrations.AddField(
            model_name="feedrun",
            name="feed",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="runs", to="orders.productfeed"
            ),
        ),
        migrations.AddConstraint(
            model_name="pricelist",
            constraint=models.UniqueConstraint(fields=("publication", "name"), name="one_price_list_a_name"),
        ),
        migrations.AddConstraint(
            model_name="listprice",
            constraint=models.UniqueConstraint(
                fields=("price_list", "product", "least"), name="one_price_from_a_quantity"
            ),
        ),
        migrations.AddConstraint(
            model_name="listprice",
            constraint=models.CheckConstraint(
                condition=models.Q(("least__gte", 1), ("price__gte", 0)), name="a_list_price_is_not_negative"
            ),
        ),
        migrations.AddIndex(
            model_name="productfeed",
            index=models.Index(fields=["due_at"], name="feeds_due"),
        ),
    ]
