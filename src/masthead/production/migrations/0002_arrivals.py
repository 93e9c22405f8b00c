"""Files on their way in."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import masthead.accounts.ids


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("library", "0002_keeping"),
        ("production", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Arrival",
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
                ("name", models.CharField(max_length=255)),
                ("size", models.BigIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("coming", "Coming"),
                            ("here", "Here"),
                            ("good", "Good"),
                            ("refused", "Refused"),
                            ("used", "Used"),
                        ],
                        default="coming",
                        max_length=12,
                    ),
                ),
                ("password", models.CharField(blank=True, max_length=200)),
                ("report", models.JSONField(blank=True, default=dict)),
                ("said", models.JSONField(blank=True, default=dict)),
                ("error_code", models.CharField(blank=True, max_length=40)),
                ("error_sentence", models.CharField(blank=True, max_length=200)),
                ("error_hint", models.CharField(blank=True, max_length=300)),
                ("held_until", models.DateTimeField(blank=True, null=True)),
                ("expires_at", models.DateTimeField(db_index=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "edition",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="library.edition"
                    ),
                ),
                (
                    "publisher",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="accounts.publisher"
                    ),
                ),
                (
                    "upload",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="production.upload",
                    ),
                ),
            ],
            options={
                "ordering": ["created_at"],
                "indexes": [models.Index(fields=["state", "created_at"], name="production__state_cc36d2_idx")],
            },
        ),
    ]
