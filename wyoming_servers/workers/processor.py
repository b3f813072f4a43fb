"""Checks that this processor can run the model libraries, before they are loaded."""

import platform
from pathlib import Path

_X86_NEEDED = frozenset({"ssse3", "sse4_1", "sse4_2", "popcnt"})
"""x86-64-v2, what the wheels of NumPy, onnxruntime and CTranslate2 are built for."""


def missing_instructions(
    cpuinfo: Path = Path("/proc/cpuinfo"), machine: str | None = None
) -> list[str]:
    """Return the needed instruction sets that the processor lacks; empty if unknown."""
    if (machine or platform.machine()) not in {"x86_64", "AMD64"}:
        return []
    try:
        lines = cpuinfo.read_text().splitlines()
    except OSError:
        return []
    flags = next((line for line in lines if line.startswith("flags")), None)
    if flags is None:
        return []
    return sorted(_X86_NEEDED - set(flags.partition(":")[2].split()))
