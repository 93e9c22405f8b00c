"""The terms on which editions are read, of publications and of editions."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("library", "0003_publication_domain"),
    ]

    operations = [
        migrations.AddField(
            model_name="edition",
            name="terms",
            field=models.JSONField(blank=True, default=dict),
        ),
        migrations.AddField(
            model_name="publication",
            name="terms",
            field=models.JSONField(blank=True, default=dict),
        ),
    ]
