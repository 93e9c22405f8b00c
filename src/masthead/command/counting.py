"""Takes events in and counts days again, also while the house is served."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta

import click

from masthead.config.settings import load_settings

_DAY = click.DateTime(formats=["%Y-%m-%d"])


@click.group()
def statistics() -> None:
    """Look after the house's statistics."""
    from masthead.command.house import prepare_database, prepare_folder  # noqa: PLC0415 - keeps --help quick

    settings = load_settings()
    os.environ["DJANGO_SETTINGS_MODULE"] = "masthead.config.house_settings"
    prepare_folder(settings, forget=False)
    import django  # noqa: PLC0415

    django.setup(set_prefix=False)
    prepare_database(settings)


@statistics.command()
@click.option("--since", type=_DAY, help="First day, such as 2026-11-01; default: the first that can be counted.")
@click.option("--until", type=_DAY, help="Last day; default: today.")
def recount(since: datetime | None, until: datetime | None) -> None:
    """Count days again from the events that are kept: the same events give the same numbers."""
    from masthead.statistics.intake import take_in  # noqa: PLC0415
    from masthead.statistics.recording import FOLDER  # noqa: PLC0415
    from masthead.statistics.totals import count_again  # noqa: PLC0415

    settings, now = load_settings(), datetime.now(UTC)
    take_in(settings.data / FOLDER, now, settings.event_days)
    first = (since or now - timedelta(days=settings.event_days + 1)).date()
    days = count_again(first, (until or now + timedelta(days=1)).date(), now)
    click.echo(f"Days counted again: {days}")
