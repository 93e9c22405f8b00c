"""Overlays with their files and steps; changes of found links, and whether links answer."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import masthead.accounts.ids


class Migration(migrations.Migration):
    dependencies = [
        ("library", "0005_overlays"),
        ("production", "0003_arrivals_in_pieces"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="LinkRound",
            fields=[
                (
                    "edition",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="library.edition",
                    ),
                ),
                ("begun_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="LinkChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("page", models.PositiveIntegerField()),
                ("kind", models.CharField(max_length=12)),
                ("target", models.TextField()),
                ("text", models.CharField(blank=True, max_length=300)),
                ("to", models.TextField(blank=True)),
                ("changed_at", models.DateTimeField(auto_now=True)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="library.edition"
                    ),
                ),
            ],
            options={
                "ordering": ["page", "pk"],
            },
        ),
        migrations.CreateModel(
            name="LinkCheck",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("address", models.TextField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("alive", "Alive"),
                            ("dead", "Dead"),
                            ("silent", "Silent"),
                            ("closed", "Closed"),
                            ("refused", "Refused"),
                        ],
                        default="waiting",
                        max_length=12,
                    ),
                ),
                ("status", models.PositiveSmallIntegerField(default=0)),
                ("moved_to", models.TextField(blank=True)),
                ("failures", models.PositiveSmallIntegerField(default=0)),
                ("is_wanted", models.BooleanField(default=True)),
                ("held_until", models.DateTimeField(blank=True, null=True)),
                ("checked_at", models.DateTimeField(blank=True, null=True)),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="library.edition"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "indexes": [models.Index(fields=["is_wanted", "held_until"], name="production__is_want_0935a2_idx")],
                "constraints": [models.UniqueConstraint(fields=("edition", "address"), name="one_check_an_address")],
            },
        ),
        migrations.CreateModel(
            name="Overlay",
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
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("link", "link"),
                            ("page", "page"),
                            ("video", "video"),
                            ("audio", "audio"),
                            ("gallery", "gallery"),
                            ("popup", "popup"),
                            ("product", "product"),
                            ("form", "form"),
                            ("html", "html"),
                        ],
                        max_length=12,
                    ),
                ),
                ("page", models.PositiveIntegerField()),
                ("x", models.FloatField()),
                ("y", models.FloatField()),
                ("width", models.FloatField()),
                ("height", models.FloatField()),
                ("title", models.CharField(max_length=200)),
                ("particulars", models.JSONField(blank=True, default=dict)),
                ("anchor", models.JSONField(blank=True, default=dict)),
                ("is_lost", models.BooleanField(default=False)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("changed_at", models.DateTimeField(auto_now=True)),
                ("removed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="library.edition"
                    ),
                ),
            ],
            options={
                "ordering": ["page", "y", "x", "created_at"],
                "indexes": [models.Index(fields=["edition", "page"], name="production__edition_9e4952_idx")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("height__gt", 0), ("page__gte", 1), ("width__gt", 0), ("x__gte", 0), ("y__gte", 0)
                        ),
                        name="overlay_has_an_area",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="OverlayFile",
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
                ("name", models.CharField(max_length=60)),
                ("kind", models.CharField(max_length=12)),
                ("label", models.CharField(max_length=255)),
                ("size", models.BigIntegerField()),
                ("width", models.PositiveIntegerField(default=0)),
                ("height", models.PositiveIntegerField(default=0)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="library.edition"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("edition", "name"), name="one_overlay_file_a_name")],
            },
        ),
        migrations.CreateModel(
            name="OverlayStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("overlay", models.CharField(max_length=12)),
                ("before", models.JSONField(null=True)),
                ("after", models.JSONField(null=True)),
                ("is_undone", models.BooleanField(default=False)),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="library.edition"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "indexes": [models.Index(fields=["edition", "by"], name="production__edition_e94534_idx")],
            },
        ),
    ]
