"""Notebooks: what a person added to an edition, and how far its devices agreed on it."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import masthead.accounts.ids


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("library", "0003_publication_domain"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Notebook",
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
                ("sequence", models.PositiveBigIntegerField(default=0)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="library.edition"
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Annotation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=40)),
                ("revision", models.PositiveIntegerField(default=1)),
                ("sequence", models.PositiveBigIntegerField()),
                ("content", models.JSONField(null=True)),
                ("is_deleted", models.BooleanField(default=False)),
                ("build", models.CharField(blank=True, max_length=40)),
                ("applied", models.JSONField(default=dict)),
                ("changed_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "notebook",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="annotations",
                        to="annotations.notebook",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="notebook",
            constraint=models.UniqueConstraint(fields=("owner", "edition"), name="one_notebook_each"),
        ),
        migrations.AddIndex(
            model_name="annotation",
            index=models.Index(fields=["notebook", "sequence"], name="annotations_noteboo_f6d494_idx"),
        ),
        migrations.AddConstraint(
            model_name="annotation",
            constraint=models.UniqueConstraint(fields=("notebook", "name"), name="one_annotation_a_name"),
        ),
    ]
