"""Publications, shelves, categories, editions and builds."""

import django.db.models.deletion
from django.db import migrations, models

import masthead.accounts.ids
import masthead.library.states


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Build",
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
                ("build_id", models.CharField(db_index=True, max_length=40)),
                ("folder", models.CharField(max_length=200, unique=True)),
                ("pages", models.PositiveIntegerField()),
                ("failures", models.PositiveIntegerField(default=0)),
                ("version", models.CharField(max_length=40)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "ordering": ["-created_at"],
            },
        ),
        migrations.CreateModel(
            name="Category",
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
                ("slug", models.SlugField(max_length=60)),
                (
                    "publisher",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="categories", to="accounts.publisher"
                    ),
                ),
            ],
            options={
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="Edition",
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
                ("label", models.CharField(max_length=120)),
                ("slug", models.SlugField(max_length=60)),
                ("date", models.DateField()),
                ("description", models.TextField(blank=True, max_length=2000)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "draft"),
                            ("converting", "converting"),
                            ("ready", "ready"),
                            ("scheduled", "scheduled"),
                            ("live", "live"),
                            ("withdrawn", "withdrawn"),
                        ],
                        default=masthead.library.states.State["DRAFT"],
                        max_length=12,
                    ),
                ),
                ("publish_at", models.DateTimeField(blank=True, null=True)),
                ("withdraw_at", models.DateTimeField(blank=True, null=True)),
                ("time_zone", models.CharField(default="UTC", max_length=64)),
                ("published_at", models.DateTimeField(blank=True, null=True)),
                ("overrides", models.JSONField(blank=True, default=dict)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("changed_at", models.DateTimeField(auto_now=True)),
                (
                    "build",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="library.build",
                    ),
                ),
                ("categories", models.ManyToManyField(blank=True, related_name="editions", to="library.category")),
            ],
            options={
                "ordering": ["-date", "-created_at"],
            },
        ),
        migrations.AddField(
            model_name="build",
            name="edition",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="builds", to="library.edition"
            ),
        ),
        migrations.CreateModel(
            name="Publication",
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
                ("slug", models.SlugField(max_length=60, unique=True)),
                ("issn", models.CharField(blank=True, max_length=9)),
                (
                    "frequency",
                    models.CharField(
                        choices=[
                            ("daily", "Daily"),
                            ("weekly", "Weekly"),
                            ("fortnightly", "Fortnightly"),
                            ("monthly", "Monthly"),
                            ("bimonthly", "Bimonthly"),
                            ("quarterly", "Quarterly"),
                            ("yearly", "Yearly"),
                            ("irregular", "Irregular"),
                        ],
                        default="monthly",
                        max_length=16,
                    ),
                ),
                ("language", models.CharField(default="en", max_length=12)),
                ("direction", models.CharField(blank=True, max_length=3)),
                ("description", models.TextField(blank=True, max_length=2000)),
                ("imprint", models.JSONField(blank=True, default=dict)),
                ("branding", models.JSONField(blank=True, default=dict)),
                ("defaults", models.JSONField(blank=True, default=dict)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "publisher",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="publications",
                        to="accounts.publisher",
                    ),
                ),
            ],
            options={
                "ordering": ["name"],
            },
        ),
        migrations.AddField(
            model_name="edition",
            name="publication",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="editions", to="library.publication"
            ),
        ),
        migrations.CreateModel(
            name="Shelf",
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
                (
                    "parent",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, to="library.shelf"
                    ),
                ),
                ("publications", models.ManyToManyField(blank=True, related_name="shelves", to="library.publication")),
                (
                    "publisher",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="shelves", to="accounts.publisher"
                    ),
                ),
            ],
            options={
                "ordering": ["name"],
            },
        ),
        migrations.AddConstraint(
            model_name="category",
            constraint=models.UniqueConstraint(fields=("publisher", "slug"), name="one_category_a_slug"),
        ),
        migrations.AddIndex(
            model_name="edition",
            index=models.Index(fields=["state", "publish_at"], name="library_edi_state_626aa2_idx"),
        ),
        migrations.AddIndex(
            model_name="edition",
            index=models.Index(fields=["state", "withdraw_at"], name="library_edi_state_112f77_idx"),
        ),
        migrations.AddConstraint(
            model_name="edition",
            constraint=models.UniqueConstraint(fields=("publication", "slug"), name="one_edition_a_slug"),
        ),
        migrations.AddConstraint(
            model_name="edition",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["ready", "scheduled", "live"]), _negated=True),
                    ("build__isnull", False),
                    _connector="OR",
                ),
                name="what_is_published_has_a_build",
            ),
        ),
        migrations.AddConstraint(
            model_name="edition",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "scheduled"), _negated=True), ("publish_at__isnull", False), _connector="OR"
                ),
                name="scheduled_has_its_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="edition",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("publish_at__isnull", True),
                    ("withdraw_at__isnull", True),
                    ("withdraw_at__gt", models.F("publish_at")),
                    _connector="OR",
                ),
                name="withdrawn_after_published",
            ),
        ),
    ]
