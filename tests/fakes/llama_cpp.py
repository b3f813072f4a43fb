"""llama.cpp's real server with a real, very small model; see `scripts/fetch-models`."""

import subprocess
import time
from collections.abc import Generator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import httpx
from demo.ports import free_port

_MODELS = Path(__file__).parents[2] / ".cache" / "models"
_SERVER = _MODELS / "llama-server" / "llama-server"
_GGUF = _MODELS / "llm" / "smollm2-135m-instruct.gguf"
_TEMPLATE = Path(__file__).parent / "chatml_tools.jinja"
_START_SECONDS = 120.0


@dataclass(frozen=True, kw_only=True)
class LlamaCpp:
    """A server that runs."""

    url: str
    model: str


@contextmanager
def running_llama_cpp(log: Path, *flags: str) -> Generator[LlamaCpp]:
    """Run a server until the end of the block; its log goes to a file."""
    if not (_SERVER.exists() and _GGUF.exists()):
        message = "run scripts/fetch-models llm llama-server first"
        raise FileNotFoundError(message)
    port = free_port()
    command = [str(_SERVER), "--model", str(_GGUF), "--host", "127.0.0.1"]
    command += ["--port", str(port), "--threads", "2", "--jinja", "--alias", "smollm2"]
    # A model this small may go on for ever.
    command += ["--ctx-size", "8192", "--parallel", "2", "--n-predict", "256"]
    command += ["--chat-template-file", str(_TEMPLATE), *flags]
    url = f"http://127.0.0.1:{port}"
    with (
        log.open("wb") as out,
        subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT) as process,
    ):
        try:
            _wait(url, process)
            yield LlamaCpp(url=url, model="smollm2")
        finally:
            process.kill()


def _wait(url: str, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + _START_SECONDS
    while time.monotonic() < end and process.poll() is None:
        with suppress(httpx.TransportError):
            if httpx.get(f"{url}/health", timeout=1).is_success:
                return
        time.sleep(0.1)
    message = "llama.cpp's server did not start; its log says why"
    raise RuntimeError(message)
