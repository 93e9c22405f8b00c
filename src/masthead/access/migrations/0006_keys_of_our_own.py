"""Our key pairs for identity providers, where one signs out by SAML, and whose e-mail addresses belong to whom."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0005_keys_of_sites"),
    ]

    operations = [
        migrations.AddField(
            model_name="identityprovider",
            name="domains",
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name="identityprovider",
            name="own_keys",
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name="identityprovider",
            name="sign_out_address",
            field=models.CharField(blank=True, max_length=1024),
        ),
        migrations.AddField(
            model_name="identityprovider",
            name="sign_out_answers",
            field=models.CharField(blank=True, max_length=1024),
        ),
        migrations.AddField(
            model_name="identityprovider",
            name="signs_requests",
            field=models.BooleanField(default=False),
        ),
    ]
