"""Carts belong to publications alone; found by their age. Apart from what moves rows: PostgreSQL wants it so."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("library", "0005_overlays"),
        ("orders", "0004_carts_of_publications"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveField(model_name="cart", name="edition"),
        migrations.AlterField(
            model_name="cart",
            name="publication",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="library.publication"
            ),
        ),
        migrations.AddConstraint(
            model_name="cart",
            constraint=models.UniqueConstraint(fields=("publication", "person"), name="one_cart_a_person"),
        ),
        migrations.AddIndex(
            model_name="cart",
            index=models.Index(fields=["changed_at"], name="carts_by_age"),
        ),
    ]
