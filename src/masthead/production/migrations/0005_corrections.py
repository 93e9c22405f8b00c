"""Corrections, what templates learned from them, and statements on accessibility."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import masthead.accounts.ids


class Migration(migrations.Migration):
    dependencies = [
        ("library", "0003_publication_domain"),
        ("production", "0004_overlays"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="AccessibilityStatement",
            fields=[
                (
                    "publication",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="library.publication",
                    ),
                ),
                ("is_public", models.BooleanField(default=False)),
                (
                    "conformance",
                    models.CharField(
                        choices=[("full", "Full"), ("partial", "Partial"), ("none", "None"), ("unknown", "Unknown")],
                        default="unknown",
                        max_length=8,
                    ),
                ),
                ("limitations", models.TextField(blank=True)),
                ("feedback_email", models.EmailField(blank=True, max_length=254)),
                ("feedback_phone", models.CharField(blank=True, max_length=40)),
                ("feedback_address", models.TextField(blank=True)),
                ("answer_days", models.PositiveSmallIntegerField(default=14)),
                ("enforcement", models.TextField(blank=True)),
                ("assessed_on", models.DateField(blank=True, null=True)),
                ("changed_at", models.DateTimeField(auto_now=True)),
            ],
        ),
        migrations.CreateModel(
            name="Correction",
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
                ("place", models.PositiveIntegerField()),
                ("kind", models.CharField(max_length=24)),
                ("data", models.JSONField()),
                ("subject", models.CharField(blank=True, max_length=200)),
                ("before", models.TextField(blank=True)),
                ("after", models.TextField(blank=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("undone_at", models.DateTimeField(blank=True, null=True)),
                ("is_built", models.BooleanField(default=False)),
                ("fits", models.BooleanField(default=True)),
                ("reason", models.CharField(blank=True, max_length=200)),
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
                "ordering": ["place"],
                "constraints": [models.UniqueConstraint(fields=("edition", "place"), name="one_correction_a_place")],
            },
        ),
        migrations.CreateModel(
            name="TemplateRule",
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
                ("data", models.JSONField()),
                ("key", models.CharField(max_length=64)),
                ("is_on", models.BooleanField(default=True)),
                ("times", models.PositiveIntegerField(default=1)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "edition",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="library.edition"
                    ),
                ),
                (
                    "publication",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="library.publication"
                    ),
                ),
            ],
            options={
                "ordering": ["created_at"],
                "constraints": [models.UniqueConstraint(fields=("publication", "key"), name="one_row_a_template_rule")],
            },
        ),
    ]
