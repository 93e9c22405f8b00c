"""How far interrupted attempts of a conversion have come."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("production", "0005_corrections"),
    ]

    operations = [
        migrations.AddField(
            model_name="conversion",
            name="pages_reached",
            field=models.PositiveIntegerField(default=0),
        ),
    ]
