"""What a worker at work does without: libraries that would only take memory."""

import re
import subprocess
import sys
from pathlib import Path

import aiohttp
import pytest
from wyoming.info import Info

from tests.wyoming_servers.embed.minilm import make_minilm
from tests.wyoming_servers.fakes.client import Client, kinds, sound
from tests.wyoming_servers.fakes.house import House
from tests.wyoming_servers.fakes.sounds import EAR, VOICES, pcm, spoken
from tests.wyoming_servers.wake.test_worker import WORD, add_wake, listen
from wyoming_servers.admin import Admin
from wyoming_servers.gateway import Station
from wyoming_servers.workers.embed.options import EmbedOptions

pytestmark = pytest.mark.process


def libraries(station: Station) -> set[str]:
    """Return the libraries in a worker's memory, each its name before `.` or `-`."""
    maps = Path(f"/proc/{station.worker.pid}/maps").read_text()
    found = set(re.findall(r"/([^/\s.-]+)[^/\s]*\.so\b", maps))
    assert "libc" in found
    return found


def unused(station: Station) -> set[str]:
    return libraries(station) & {"libcrypto", "libssl", "_ssl", "_hashlib"}


async def test_a_hearing_worker(house: House, client: Client) -> None:
    station = house.real_stt(EAR, language="fr")
    await house.start()
    heard = await client.hear(pcm(spoken("Allume la lumière de la cuisine.")))
    assert "lumière" in heard[-1].data["text"]
    assert {"libctranslate2", "tokenizers"} <= libraries(station)
    assert not unused(station)


async def test_a_speaking_worker(house: House, client: Client) -> None:
    station = house.real_tts([VOICES / "fr.onnx"])
    await house.start()
    assert sound(await client.speak("Bonjour le monde. Il fait beau."))
    assert {"onnxruntime_pybind11_state", "espeakbridge"} <= libraries(station)
    assert not unused(station)


async def test_a_wake_worker(house: House, client: Client) -> None:
    station = add_wake(house)
    await house.start()
    async with client.talk() as talk:
        assert kinds(await listen(talk, WORD))[-1] == "detection"
    assert "libtensorflowlite_c" in libraries(station)
    assert not unused(station)


async def test_an_embedding_worker(house: House, tmp_path: Path) -> None:
    model = make_minilm(tmp_path / "all-MiniLM-L6-v2")
    options = EmbedOptions(model=str(model), data_dir=str(house.folder))
    station = house._add(house._program("embed", options), Info(), {})
    admin = Admin("127.0.0.1:0", await house.start())
    await admin.start()
    url = f"http://127.0.0.1:{admin.port}/v1/embeddings"
    body = {"model": model.name, "input": "Allume la lampe."}
    async with aiohttp.ClientSession() as http, http.post(url, json=body) as answer:
        [row] = (await answer.json())["data"]
    await admin.stop()
    assert len(row["embedding"]) == 384
    assert {"onnxruntime_pybind11_state", "tokenizers"} <= libraries(station)
    assert not unused(station)


def test_hearing_imports_only_what_it_needs(tmp_path: Path) -> None:
    """Several of these come in by one careless call: NumPy's percentile, say."""
    sound = tmp_path / "sound.raw"
    sound.write_bytes(pcm(spoken("Allume la lumière de la cuisine.")))
    code = (
        "import sys; from pathlib import Path; import numpy as np;"
        "from wyoming_servers.workers.stt.engine import Engine;"
        "from wyoming_servers.workers.stt.options import SttOptions;"
        "engine = Engine(Path(sys.argv[1]), SttOptions(language='fr'));"
        "engine.warm_up();"
        "audio = np.fromfile(sys.argv[2], '<i2').astype(np.float32) / 32768;"
        "print(engine.hear(audio, language='fr').text);"
        "print([m for m in ('av', 'http.client', 'numpy.ma', 'numpy.random',"
        " 'statistics', 'urllib.request') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(EAR), str(sound)],
        capture_output=True,
        text=True,
        check=True,
    )
    text, imported = done.stdout.splitlines()
    assert "lumière" in text
    assert imported == "[]"


def test_who_uses_workers_as_a_library_keeps_openssl() -> None:
    names = [f"wyoming_servers.workers.{k}.worker" for k in ("stt", "tts", "embed")]
    code = f"import {', '.join(names)}, ssl; print(ssl.create_default_context())"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert "SSLContext" in done.stdout
