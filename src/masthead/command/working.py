"""The command of a machine that only converts: workers beside the house's database, storage and queue."""

from __future__ import annotations

import click


@click.command()
@click.option("--processes", type=click.IntRange(1, 64), help="Issues at the same time; default: MASTHEAD_CONVERSIONS.")
def work(processes: int | None) -> None:
    """Convert what the publishing house hands over, on this machine, and answer no requests.

    Needs the settings of the house: MASTHEAD_DATABASE, and MASTHEAD_STORAGE unless the data folder is shared.
    """
    from masthead.command.house import work_for_house  # noqa: PLC0415 - keeps --help quick

    work_for_house(processes)
