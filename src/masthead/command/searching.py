"""Makes the index of the search anew, and checks it, also while the house is served."""

from __future__ import annotations

import os

import click

from masthead.config.settings import load_settings


@click.group()
def search() -> None:
    """Look after the index of the house's search."""
    from masthead.command.house import prepare_database, prepare_folder  # noqa: PLC0415 - keeps --help quick

    settings = load_settings()
    os.environ["DJANGO_SETTINGS_MODULE"] = "masthead.config.house_settings"
    prepare_folder(settings, forget=False)
    import django  # noqa: PLC0415

    django.setup(set_prefix=False)
    prepare_database(settings)


@search.command()
def rebuild() -> None:
    """Make the index anew beside the current one, which answers until then."""
    from masthead.search.services import rebuild as rebuild_index  # noqa: PLC0415

    taken = rebuild_index(lambda edition, number, all_of_them: click.echo(f"{number} of {all_of_them}: {edition}"))
    click.echo(f"The index is new: {taken} editions.")


@search.command()
def check() -> None:
    """Compare the index with what is live; ends with status 111 if something is wrong."""
    from masthead.search.errors import IndexFaultyError  # noqa: PLC0415
    from masthead.search.services import check as check_index  # noqa: PLC0415

    findings = check_index()
    for finding in findings:
        click.echo(finding)
    if findings:
        raise IndexFaultyError(f"{len(findings)} findings")
    click.echo("The index holds all that is live.")
