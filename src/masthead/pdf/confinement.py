"""Takes rights away from the process that opens PDFs: memory, files, network, privileges. Called once, in the child.

What the platform cannot do is skipped and said (`confine` returns what is in force): limits by setrlimit everywhere;
on Linux also no new privileges, death with the parent, an empty network namespace, Landlock (kernel 5.13 on), and no
capabilities, so that even root's process can neither lift its limits nor step around permissions.
"""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

_PR_SET_PDEATHSIG = 1
_PR_SET_DUMPABLE = 4
_PR_SET_NO_NEW_PRIVS = 38
_PR_CAPBSET_DROP = 24
_PR_CAP_AMBIENT, _PR_CAP_AMBIENT_CLEAR_ALL = 47, 4
_CAPABILITY_VERSION_3 = 0x20080522  # include/uapi/linux/capability.h: 64 capabilities in two halves
_CAPABILITIES = 64
_CLONE_NEWUSER = 0x10000000
_CLONE_NEWNET = 0x40000000
# Landlock, include/uapi/linux/landlock.h; the system call numbers are the same on every architecture.
_LANDLOCK_CREATE_RULESET, _LANDLOCK_ADD_RULE, _LANDLOCK_RESTRICT_SELF = 444, 445, 446
_LANDLOCK_RULE_PATH_BENEATH = 1
_ACCESS_EXECUTE, _ACCESS_WRITE_FILE, _ACCESS_READ_FILE, _ACCESS_READ_DIR = 1, 2, 4, 8
_ACCESS_ALL_V1 = (1 << 13) - 1
_ACCESS_FILE_ONLY = _ACCESS_EXECUTE | _ACCESS_WRITE_FILE | _ACCESS_READ_FILE


class _Ruleset(ctypes.Structure):
    _fields_ = [("handled_access_fs", ctypes.c_uint64)]


class _PathBeneath(ctypes.Structure):
    _pack_ = 1
    _fields_ = [("allowed_access", ctypes.c_uint64), ("parent_fd", ctypes.c_int32)]


class _CapabilityHeader(ctypes.Structure):
    _fields_ = [("version", ctypes.c_uint32), ("pid", ctypes.c_int)]


class _CapabilityHalf(ctypes.Structure):
    _fields_ = [("effective", ctypes.c_uint32), ("permitted", ctypes.c_uint32), ("inheritable", ctypes.c_uint32)]


def confine(memory_bytes: int, cpu_seconds: int, readable: Sequence[Path]) -> dict[str, bool]:
    """Apply every limit that the platform knows; `readable` are the files and folders that may still be read."""
    in_force = {"limits": _limit(memory_bytes, cpu_seconds)}
    if not sys.platform.startswith("linux"):
        return {**in_force, **dict.fromkeys(("dies_with_parent", "no_network", "no_files", "no_capabilities"), False)}
    libc = ctypes.CDLL(None, use_errno=True)
    in_force["dies_with_parent"] = die_with_parent()
    libc.prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
    in_force["no_network"] = _leave_network(libc)
    no_new_privileges = libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0
    in_force["no_files"] = no_new_privileges and _landlock(libc, readable)
    in_force["no_capabilities"] = _drop_capabilities(libc)
    return in_force


def die_with_parent() -> bool:
    """Have the kernel end this process when the thread that started it ends; False where it does not know how."""
    if not sys.platform.startswith("linux"):
        return False
    return bool(ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0) == 0)


def _limit(memory_bytes: int, cpu_seconds: int) -> bool:
    """Anonymous memory, CPU time, no file written, no core dump, few open files."""
    wanted = [
        (resource.RLIMIT_DATA, memory_bytes),
        (resource.RLIMIT_CPU, cpu_seconds),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, 128),
    ]
    done = True
    for name, value in wanted:
        try:
            resource.setrlimit(name, (value, value))
        except (OSError, ValueError):
            done = False
    return done


def _leave_network(libc: ctypes.CDLL) -> bool:
    """Move into a network namespace that has no interface; as a user, through a namespace of one's own."""
    if os.geteuid() == 0 and libc.unshare(_CLONE_NEWNET) == 0:
        return True
    return bool(libc.unshare(_CLONE_NEWUSER | _CLONE_NEWNET) == 0)


def _landlock(libc: ctypes.CDLL, readable: Sequence[Path]) -> bool:
    """Leave only reading, and only below `readable`; see Documentation/userspace-api/landlock.rst of the kernel."""
    ruleset = _Ruleset(_ACCESS_ALL_V1)
    descriptor = libc.syscall(_LANDLOCK_CREATE_RULESET, ctypes.byref(ruleset), ctypes.sizeof(ruleset), 0)
    if descriptor < 0:
        return False
    try:
        for path in readable:
            try:
                parent = os.open(path, os.O_PATH | os.O_CLOEXEC)
            except OSError:
                continue
            access = _ACCESS_READ_FILE | (_ACCESS_READ_DIR | _ACCESS_EXECUTE if path.is_dir() else 0)
            rule = _PathBeneath(access, parent)
            libc.syscall(_LANDLOCK_ADD_RULE, descriptor, _LANDLOCK_RULE_PATH_BENEATH, ctypes.byref(rule), 0)
            os.close(parent)
        return bool(libc.syscall(_LANDLOCK_RESTRICT_SELF, descriptor, 0) == 0)
    finally:
        os.close(descriptor)


def _drop_capabilities(libc: ctypes.CDLL) -> bool:
    """Give up every capability for good (capabilities(7)); last, since the steps before may need one.

    Root has them all, and so has a user in the namespace made for the network. The sets are read back: True only if
    nothing is held.
    """
    for capability in range(_CAPABILITIES):  # fails for numbers that the kernel does not have, and without CAP_SETPCAP
        libc.prctl(_PR_CAPBSET_DROP, capability, 0, 0, 0)
    libc.prctl(_PR_CAP_AMBIENT, _PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0)
    header = _CapabilityHeader(_CAPABILITY_VERSION_3, 0)
    sets = (_CapabilityHalf * 2)()
    if libc.capset(ctypes.byref(header), sets) != 0 or libc.capget(ctypes.byref(header), sets) != 0:
        return False
    return not any(half.effective or half.permitted or half.inheritable for half in sets)
