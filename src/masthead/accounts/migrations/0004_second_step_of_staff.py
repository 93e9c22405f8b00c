"""Whether a publisher lets into its back office only those who have a second step."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_token"),
    ]

    operations = [
        migrations.AddField(
            model_name="publisher",
            name="asks_second_step",
            field=models.BooleanField(default=False),
        ),
    ]
