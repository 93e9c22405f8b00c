"""Who outside of the house is told what."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import masthead.accounts.ids


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0003_token"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Webhook",
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
                ("address", models.CharField(max_length=500)),
                ("events", models.JSONField(blank=True, default=list)),
                ("publications", models.JSONField(blank=True, default=list)),
                ("turn", models.PositiveIntegerField(default=0)),
                ("turned_at", models.DateTimeField(blank=True, null=True)),
                ("paused_at", models.DateTimeField(blank=True, null=True)),
                (
                    "pause",
                    models.CharField(
                        blank=True,
                        choices=[("by_hand", "By Hand"), ("failing", "Failing"), ("gone", "Gone")],
                        max_length=12,
                    ),
                ),
                ("failing_since", models.DateTimeField(blank=True, null=True)),
                ("arrived_at", models.DateTimeField(blank=True, null=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "publisher",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="webhooks", to="accounts.publisher"
                    ),
                ),
            ],
            options={
                "ordering": ["name"],
            },
        ),
    ]
