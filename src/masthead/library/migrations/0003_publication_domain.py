"""A domain of its own for each publication."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("library", "0002_keeping"),
    ]

    operations = [
        migrations.AddField(
            model_name="publication",
            name="domain",
            field=models.CharField(blank=True, max_length=253, null=True, unique=True),
        ),
    ]
