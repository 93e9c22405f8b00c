"""Forms of publications, and what readers answered."""

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
            name="Form",
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
                ("languages", models.JSONField(default=list)),
                ("texts", models.JSONField(default=dict)),
                ("fields", models.JSONField(default=list)),
                ("retired", models.JSONField(default=list)),
                (
                    "placement",
                    models.CharField(
                        choices=[("gate", "gate"), ("page", "page"), ("end", "end"), ("hotspot", "hotspot")],
                        default="gate",
                        max_length=12,
                    ),
                ),
                ("page", models.PositiveIntegerField(default=1)),
                ("is_everywhere", models.BooleanField(default=True)),
                ("is_on", models.BooleanField(default=False)),
                ("round", models.PositiveIntegerField(default=1)),
                ("days", models.PositiveIntegerField(default=365)),
                ("keeps_days", models.PositiveIntegerField(default=365)),
                ("confirms_email", models.BooleanField(default=False)),
                ("domains", models.JSONField(default=list)),
                ("denied_domains", models.JSONField(default=list)),
                ("notify", models.JSONField(default=list)),
                ("version", models.PositiveIntegerField(default=1)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("changed_at", models.DateTimeField(auto_now=True)),
                ("editions", models.ManyToManyField(blank=True, related_name="+", to="library.edition")),
                (
                    "publication",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="library.publication"
                    ),
                ),
            ],
            options={
                "ordering": ["-is_on", "name", "created_at"],
            },
        ),
        migrations.CreateModel(
            name="Answer",
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
                ("page", models.PositiveIntegerField(default=1)),
                ("key", models.CharField(max_length=64)),
                ("content", models.CharField(max_length=64)),
                ("values", models.JSONField(default=dict)),
                ("consents", models.JSONField(default=list)),
                ("email", models.CharField(blank=True, max_length=254)),
                ("words", models.TextField(blank=True)),
                ("language", models.CharField(default="en", max_length=12)),
                ("is_complete", models.BooleanField(default=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "edition",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="library.edition"
                    ),
                ),
                (
                    "form",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="answers", to="forms.form"
                    ),
                ),
            ],
            options={
                "ordering": ["-created_at", "-pk"],
                "indexes": [
                    models.Index(fields=["form", "-created_at"], name="forms_answe_form_id_029244_idx"),
                    models.Index(
                        condition=models.Q(("email", ""), _negated=True), fields=["email"], name="answers_by_email"
                    ),
                ],
                "constraints": [models.UniqueConstraint(fields=("form", "key"), name="one_form_answer_a_key")],
            },
        ),
    ]
