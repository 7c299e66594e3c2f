"""This module takes rights away from the process that it runs in: network, memory, time, priority, files."""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import signal
import struct
import sys
from typing import Final

NICENESS: Final = 10  # a tenth of what the process that serves gets; at 19 a busy machine would starve light queries

_PR_SET_PDEATHSIG: Final = 1
_PR_SET_SECCOMP: Final = 22
_PR_SET_NO_NEW_PRIVS: Final = 38
_SECCOMP_MODE_FILTER: Final = 2
_ALLOW: Final = 0x7FFF0000
_REFUSE: Final = 0x00050000 | errno.EACCES
_LOAD_WORD: Final = 0x20  # BPF_LD | BPF_W | BPF_ABS
_JUMP_EQUAL: Final = 0x15  # BPF_JMP | BPF_JEQ | BPF_K
_JUMP_FROM: Final = 0x35  # BPF_JMP | BPF_JGE | BPF_K
_RETURN: Final = 0x06  # BPF_RET | BPF_K
_NUMBER_AT, _ARCHITECTURE_AT = 0, 4  # offsets in struct seccomp_data
_X32_BIT: Final = 0x40000000  # the same calls under other numbers

# socket, connect, io_uring_setup (which opens sockets too), execve, execveat
_CALLS: Final = {
    "x86_64": (0xC000003E, (41, 42, 425, 59, 322)),
    "aarch64": (0xC00000B7, (198, 203, 425, 221, 281)),
}


def _program(architecture: int, calls: tuple[int, ...]) -> bytes:
    """A BPF program that refuses the calls, and every call of another architecture, with EACCES."""
    size = len(calls)
    steps = [
        (_LOAD_WORD, 0, 0, _ARCHITECTURE_AT),
        (_JUMP_EQUAL, 0, size + 3, architecture),
        (_LOAD_WORD, 0, 0, _NUMBER_AT),
        (_JUMP_FROM, size + 1, 0, _X32_BIT),
        *((_JUMP_EQUAL, size - place, 0, number) for place, number in enumerate(calls)),
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _REFUSE),
    ]
    return b"".join(struct.pack("HBBI", *step) for step in steps)


class _FilterProgram(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_void_p))


def refuse_network() -> bool:
    """Forbid this process, for good, to open a socket or start a program; False where the system cannot.

    Linux on x86_64 and aarch64 alone. To be called before any thread is started, for threads keep what they have.
    """
    if not sys.platform.startswith("linux") or platform.machine() not in _CALLS:
        return False
    code = _program(*_CALLS[platform.machine()])
    buffer = ctypes.create_string_buffer(code, len(code))
    program = _FilterProgram(len(code) // 8, ctypes.addressof(buffer))
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        return False
    return bool(libc.prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.byref(program), 0, 0) == 0)


def end_with_parent() -> None:
    """Ask the system to kill this process when the one that started it ends; Linux alone."""
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)


def step_back() -> None:
    """Take a low priority, write no file and no core dump."""
    if sys.platform == "win32":
        return
    import resource

    os.nice(NICENESS)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def limit_memory(size: int) -> None:
    """Allow `size` bytes of address space beyond what is used by now; Linux alone."""
    if sys.platform.startswith("linux"):
        import resource

        ceiling = address_space() + size
        resource.setrlimit(resource.RLIMIT_AS, (ceiling, ceiling))


def limit_time(seconds: float) -> None:
    """Allow so many seconds of processor time from now on."""
    if sys.platform == "win32":
        return
    import resource

    used = resource.getrusage(resource.RUSAGE_SELF)
    processor = int(used.ru_utime + used.ru_stime + seconds) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (processor, resource.RLIM_INFINITY))


def address_space() -> int:
    """Bytes of address space that this process has; 0 where the system does not tell."""
    if not sys.platform.startswith("linux"):
        return 0
    with open("/proc/self/statm", encoding="ascii") as numbers:  # noqa: PTH123 - no file, a report of the system
        return int(numbers.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
