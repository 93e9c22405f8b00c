"""One process of the house's tree: answers requests, converts, or keeps the time. It ends with its parent."""

from __future__ import annotations

import os
import signal
import sys
import threading

from masthead.command.process_tree import die_with, told_to_stop
from masthead.config.settings import Settings, load_settings
from masthead.pdf.priority import stand_back

_APPLICATION = "masthead.config.house_site:make_application"


def main(arguments: list[str]) -> None:
    """`PARENT web SOCKET`, `PARENT converter` or `PARENT clock`; SOCKET is the number of an open one."""
    parent, job, *rest = arguments
    die_with(int(parent), signal.SIGKILL if job == "web" else signal.SIGTERM)  # nobody would end one that is busy
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "masthead.config.house_settings")
    settings = load_settings()
    if job == "web":
        from masthead.command.web_process import answer_requests  # noqa: PLC0415 - the others do without

        answer_requests(_APPLICATION, int(rest[0]))
    stop = told_to_stop()
    if job == "converter":
        stand_back(settings.niceness)  # before there are threads, which would keep their own
    _set_up(settings)
    if job == "converter":
        from masthead.production.worker import work  # noqa: PLC0415 - after django.setup

        work(stop)
    else:
        _keep_house(stop)


def _keep_house(stop: threading.Event) -> None:
    """All that happens by itself: times, the index, what leaves the house. None keeps another waiting."""
    from masthead.api.once import forget_old_answers  # noqa: PLC0415 - after django.setup
    from masthead.comments.notices import tell_again as tell_moderators  # noqa: PLC0415
    from masthead.comments.pacing import forget_old as forget_comments  # noqa: PLC0415
    from masthead.outbox import mail  # noqa: PLC0415
    from masthead.outbox.delivering import deliver  # noqa: PLC0415
    from masthead.production.schedule import keep_time  # noqa: PLC0415
    from masthead.search.services import keep_index  # noqa: PLC0415
    from masthead.sharing.letters import forget_old as forget_letters  # noqa: PLC0415
    from masthead.sharing.recipients import forget_recipients  # noqa: PLC0415
    from masthead.statistics.schedule import keep_counting  # noqa: PLC0415
    from masthead.webhooks import sending  # noqa: PLC0415

    senders = {"webhook": sending.send, "mail": mail.send}
    chores = [forget_old_answers, forget_letters, forget_comments, tell_moderators, forget_recipients]
    followers = [
        threading.Thread(target=keep_index, args=(stop,), name="index"),
        threading.Thread(target=keep_counting, args=(stop,), name="counting"),
        threading.Thread(target=deliver, args=(stop, senders, chores), name="outbox"),
    ]
    for follower in followers:
        follower.start()
    keep_time(stop)
    for follower in followers:
        follower.join()


def _set_up(settings: Settings) -> None:
    import django  # noqa: PLC0415

    from masthead.config.logs import set_up  # noqa: PLC0415

    set_up(settings)
    django.setup(set_prefix=False)


if __name__ == "__main__":
    main(sys.argv[1:])
