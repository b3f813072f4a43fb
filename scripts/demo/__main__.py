"""`scripts/run`: starts the demo home, takes one spoken turn, shows it, stays up."""

import asyncio
import contextlib
import signal
import sys

from . import report, speech
from .errors import DemoError
from .home import Home, Plan, running
from .options import Options, parse
from .paths import RunFolder
from .ports import free_port, is_free
from .progress import Progress
from .rest import PASSWORD, USER
from .speech import Speech
from .turn import Result


def main() -> int:
    """Run the demo and return the exit code."""
    options = parse()
    try:
        return asyncio.run(_until_told(options))
    except KeyboardInterrupt:
        return 130


async def _until_told(options: Options) -> int:
    """Run until done, or until Ctrl-C or SIGTERM; then stop everything in order."""
    task = asyncio.create_task(_run(options))
    loop = asyncio.get_running_loop()
    stops: list[signal.Signals] = []

    def stop(number: signal.Signals) -> None:
        # A second Ctrl-C must not cut the orderly stop short: it has its own limits.
        if not stops:
            task.cancel()
        stops.append(number)

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        loop.add_signal_handler(number, stop, number)
    try:
        return await task
    except asyncio.CancelledError:
        return 0 if not options.once else 128 + stops[0]


async def _run(options: Options) -> int:
    progress = Progress()
    try:
        sound = await _sound(options)
        plan = _plan(options, progress)
        async with running(plan, progress) as home:
            progress(f"the satellite says: {options.sentence or options.wav}")
            result = await home.turn(sound, options.language, options.sentence)
            _show(result, options)
            if options.once:
                progress("stopping")
                return 0 if result.ok else 1
            _say_login(home)
            try:
                await home.watch(progress)
            finally:
                progress("stopping")
    except DemoError as err:
        _show(Result(language=options.language.value, error=str(err)), options)
        return 1
    return 0


def _plan(options: Options, progress: Progress) -> Plan:
    port = options.port
    if not is_free(port):
        if not options.once:
            raise DemoError(
                f"Port {port} is taken, perhaps by another Home Assistant: "
                "choose a different one with --port."
            )
        port = free_port()
        progress(f"port {options.port} is taken: Home Assistant gets {port}")
    return Plan(
        folder=RunFolder(options.run_folder),
        language=options.language,
        port=port,
        models=options.models,
        fresh=options.fresh,
    )


async def _sound(options: Options) -> Speech:
    """Return what the satellite will say; a wrong file is told before anything starts."""
    if options.wav:
        return await speech.load(options.wav)
    return await speech.synthesise(options.sentence or "", options.language)


def _show(result: Result, options: Options) -> None:
    if options.json:
        print(report.as_json(result), flush=True)
    elif result.heard is None and result.error and not result.stages_ms:
        print(result.error, file=sys.stderr, flush=True)
    else:
        print(report.as_table(result), flush=True)


def _say_login(home: Home) -> None:
    print(
        f"\nHome Assistant: {home.url}   user {USER}, password {PASSWORD}\n"
        "  Talk to Jarvis in the Assist dialogue (top right), by text or microphone.\n"
        f"  Logs: {home.folder.logs}   Stop: Ctrl-C\n"
        "  To see what Jarvis does when its voice servers fail: "
        f"kill {home.servers.child.pid}",
        file=sys.stderr,
        flush=True,
    )


if __name__ == "__main__":
    with contextlib.suppress(BrokenPipeError):
        sys.exit(main())
