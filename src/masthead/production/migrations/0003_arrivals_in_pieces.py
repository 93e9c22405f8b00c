"""Files on their way in may lie in the storage, as the pieces in which they came."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("production", "0002_arrivals"),
    ]

    operations = [
        migrations.AddField(
            model_name="arrival",
            name="pieces",
            field=models.JSONField(blank=True, default=list),
        ),
        migrations.AddField(
            model_name="arrival",
            name="received",
            field=models.BigIntegerField(default=0),
        ),
    ]
