"""Puts the end of a process in words, and knows the ends that no restart can heal."""

import signal

from ..protocol import BAD_OPTIONS, NOT_FOR_THIS_MACHINE

_KNOWN = {
    signal.SIGILL: "this processor lacks instructions that the model library needs; "
    "use a newer machine, or a build of the library for this processor",
    signal.SIGKILL: "it was killed, perhaps because memory ran out",
    signal.SIGSEGV: "it crashed inside a library",
    signal.SIGABRT: "it crashed inside a library",
}


def describe_exit(code: int) -> str:
    """Return one clause on how the process ended; negative means by a signal."""
    if code == NOT_FOR_THIS_MACHINE:
        return _KNOWN[signal.SIGILL]
    if code == 0:
        return "something else on this machine told it to end"
    if code > 0:
        return f"it ended with status {code}; its log lines say why"
    try:
        number = signal.Signals(-code)
    except ValueError:
        return f"it was ended by signal {-code}"
    return f"{_KNOWN.get(number, 'it was ended')} ({number.name})"


def is_hopeless(code: int) -> bool:
    """Return True when the next start would end the same way."""
    return code in {-signal.SIGILL, NOT_FOR_THIS_MACHINE, BAD_OPTIONS}
