"""Whether those who come by an identity provider are asked for the second step that they have here."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0006_keys_of_our_own"),
    ]

    operations = [
        migrations.AddField(
            model_name="identityprovider",
            name="asks_second_step",
            field=models.BooleanField(default=False),
        ),
    ]
