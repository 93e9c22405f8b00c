"""OpenID providers: where they are asked what, their keys, what they call us; who is signed in by which provider."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0003_identity_providers"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="identityprovider",
            name="client_id",
            field=models.CharField(blank=True, max_length=255),
        ),
        migrations.AddField(
            model_name="identityprovider",
            name="client_secret",
            field=models.CharField(blank=True, max_length=2048),
        ),
        migrations.AddField(
            model_name="identityprovider",
            name="keys",
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name="identityprovider",
            name="keys_asked_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="identityprovider",
            name="places",
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name="identityprovider",
            name="protocol",
            field=models.CharField(default="saml", max_length=8),
        ),
        migrations.AddField(
            model_name="signintry",
            name="verifier",
            field=models.CharField(blank=True, max_length=128),
        ),
        migrations.CreateModel(
            name="IdentitySession",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("subject", models.CharField(max_length=255)),
                ("index", models.CharField(blank=True, max_length=255)),
                ("session_key", models.CharField(max_length=40, unique=True)),
                ("token", models.TextField(blank=True)),
                ("began_at", models.DateTimeField(auto_now_add=True)),
                (
                    "provider",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sessions",
                        to="access.identityprovider",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["provider", "subject"], name="access_iden_provide_ecd086_idx"),
                    models.Index(fields=["provider", "index"], name="access_iden_provide_a2b1ea_idx"),
                ],
            },
        ),
    ]
