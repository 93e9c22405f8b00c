"""Takes one waiting conversion, with one statement: no two workers ever get the same.

Of the highest priority; among those of the publisher who has the fewest running now, so that a hundred issues of one
house do not make another wait; then by its place in the queue, which staff change among their own (`queueing`).
PostgreSQL skips rows that others hold just now; SQLite has one writer.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import connection, transaction

from masthead.production.models import Conversion

LEASE = timedelta(seconds=30)
INTERRUPTIONS = 3  # then something about the file or the machine is wrong

_CLAIM = """
UPDATE production_conversion
SET state = 'running', worker = %s, lease_until = %s, attempts = attempts + 1,
    started_at = COALESCE(started_at, %s), is_finishing = {false}
WHERE id = (
    SELECT waiting.id FROM production_conversion AS waiting
    WHERE waiting.state = 'waiting'
    ORDER BY waiting.priority DESC,
        (SELECT COUNT(*) FROM production_conversion AS running
         WHERE running.state = 'running' AND running.publisher_id = waiting.publisher_id),
        waiting.queued_at
    LIMIT 1
    {skip}
)
AND state = 'waiting'
RETURNING id
"""


def claim(worker: str, now: datetime) -> Conversion | None:
    """The conversion that `worker` holds now, or None where nothing waits."""
    is_postgresql = connection.vendor == "postgresql"
    statement = _CLAIM.format(
        skip="FOR UPDATE OF waiting SKIP LOCKED" if is_postgresql else "", false="false" if is_postgresql else "0"
    )
    adapt = connection.ops.adapt_datetimefield_value
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, [worker, adapt(now + LEASE), adapt(now)])
        row = cursor.fetchone()
    if row is None:
        return None
    return Conversion.objects.select_related("edition__publication", "upload").get(pk=row[0])
