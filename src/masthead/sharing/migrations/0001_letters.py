"""Letters that wait for their sender, what was sent in a day, and who wants no mail from here."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import masthead.accounts.ids


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("library", "0005_overlays"),
    ]

    operations = [
        migrations.CreateModel(
            name="Refusal",
            fields=[
                ("address", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
        ),
        migrations.CreateModel(
            name="Counted",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("who", models.CharField(max_length=64)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["who", "at"], name="sharing_who_when"),
                    models.Index(fields=["at"], name="sharing_cou_at_099198_idx"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Letter",
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
                ("sender", models.EmailField(max_length=254)),
                ("recipients", models.JSONField(default=list)),
                ("comment", models.TextField(blank=True)),
                ("title", models.CharField(max_length=600)),
                ("page", models.PositiveIntegerField()),
                ("address", models.TextField()),
                ("origin", models.CharField(max_length=300)),
                ("language", models.CharField(max_length=12)),
                ("written_at", models.DateTimeField(db_index=True, default=django.utils.timezone.now)),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="library.edition"
                    ),
                ),
            ],
        ),
    ]
