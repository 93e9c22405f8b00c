"""A process that answers requests: Granian's worker, in this very process, on a socket that its parent keeps open.

Granian's own main process would open a socket for each of its workers and be lost with all of them at once. Here the
house's tree holds the one socket that all its web processes accept from: connections wait in it while a process is
started again, and whichever process is free takes them. Granian cannot be given a socket from outside yet
(https://github.com/emmett-framework/granian/issues/786), so one method is put in the place of its own.
"""

from __future__ import annotations

import resource
import socket
import sys
from collections.abc import Callable
from typing import Any

from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.net import SocketHolder  # type: ignore[attr-defined]
from setproctitle import getproctitle

from masthead.document.errors import MastheadError

_THREADS = 16  # half of them at most wait for a hash of a password, see `accounts.hashing`
BACKLOG = 4096  # connections that nobody has taken yet; the kernel may allow fewer (net.core.somaxconn)
_CONNECTIONS = 16_384  # of one process: browsers keep theirs open while they read
_OTHER_FILES = 256  # open files that are no connections: databases, pictures, logs


class PortTakenError(MastheadError):
    """Another program listens on the port."""

    code = "port_taken"
    sentence = "Another program already listens on this port."
    hint = "Choose another one with --port, or stop that program."
    exit_status = 41


def bound(host: str, port: int) -> socket.socket:
    """A socket at the address, not listening yet, which children may be given; 0: a free port.

    Raises PortTakenError.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    opened = socket.socket(family, socket.SOCK_STREAM)
    try:
        opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        opened.setblocking(False)  # shared by all who have the socket, and the server asks for it
        opened.bind((host, port))
    except OSError as error:
        opened.close()
        raise PortTakenError(f"{host}:{port}: {error.strerror}") from error
    return opened


class _Worker(Granian):  # type: ignore[misc, valid-type]  # the class is chosen by the platform
    """One worker, which is this process."""

    def __init__(self, descriptor: int, target: str, **settings: Any) -> None:
        super().__init__(target, **settings)
        self._descriptor = descriptor

    def _serve(self, spawn_target: Callable[..., None], target_loader: Callable[..., Any]) -> None:
        self._ssp, self._sso = None, None
        self._shd = SocketHolder(self._descriptor, False, BACKLOG)  # type: ignore[call-arg]  # untyped there
        worker = self._spawn_worker(idx=0, target=spawn_target, callback_loader=target_loader)
        worker.inner.run()  # what the other process would run


def connections() -> int:
    """How many one process may hold open: as many files as the system lets it open, without those for other things."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = hard if hard != resource.RLIM_INFINITY else _CONNECTIONS + _OTHER_FILES
    if soft < most:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
    return max(_OTHER_FILES, min(_CONNECTIONS, most - _OTHER_FILES))


def answer_requests(target: str, descriptor: int) -> None:
    """Answer with the application that "module:function" makes until SIGTERM, and what is begun to its end.

    `descriptor` is a listening socket that other processes may share. The server counts open connections, not
    requests: with its usual number, readers who keep theirs open would shut the others out.
    """
    _Worker(
        descriptor,
        target,
        interface=Interfaces.WSGI,
        factory=True,
        blocking_threads=_THREADS,
        backpressure=connections(),
        log_level=LogLevels.error,
        websockets=False,
        process_name=getproctitle(),  # else it gives the process a name of its own
    ).serve()
    sys.exit(0)
