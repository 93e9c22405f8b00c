"""Editions say when what lies on their pages has changed."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("library", "0004_terms"),
    ]

    operations = [
        migrations.AddField(
            model_name="edition",
            name="laid_version",
            field=models.PositiveIntegerField(default=0),
        ),
    ]
