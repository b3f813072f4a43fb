"""The wake word models: words, thresholds, refractory time, own folders."""

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from tests.wyoming_servers.wake.speech import say
from wyoming_servers.workers.wake.catalogue import find_models
from wyoming_servers.workers.wake.detector import Detector, WakeDetection
from wyoming_servers.workers.wake.info import wake_info
from wyoming_servers.workers.wake.options import WakeOptions

WORD = say("Hey Jarvis")


def listen(*words: str, threshold: float | None = None, pause: float = 2.0) -> Detector:
    models = find_models(WakeOptions())
    return Detector(
        [models[word] for word in words],
        threshold=threshold,
        refractory_seconds=pause,
    )


def feed(
    detector: Detector, sound: np.ndarray, step: int = 1234
) -> list[WakeDetection]:
    found: list[WakeDetection] = []
    for at in range(0, len(sound), step):
        found += detector.feed(sound[at : at + step])
    detector.close()
    return found


def test_the_default_comes_first_and_all_bundled_ones_are_offered() -> None:
    [program] = wake_info(WakeOptions()).wake
    names = [model.name for model in program.models]
    assert names[0] == "hey_jarvis"
    assert {"alexa", "hey_mycroft", "okay_nabu"} <= set(names)
    assert program.models[0].phrase == "Hey Jarvis"
    assert wake_info(WakeOptions(model="alexa")).wake[0].models[0].name == "alexa"


@pytest.mark.parametrize("step", [160, 1234, 16_000, 100_000])
def test_a_word_is_heard_once_at_its_end_however_the_sound_is_cut(step: int) -> None:
    [heard] = feed(listen("hey_jarvis", "alexa"), WORD, step)
    assert heard.name == "hey_jarvis"
    spoken = np.flatnonzero(np.abs(WORD) > 0.01)
    assert spoken[0] / 16_000 < heard.seconds < spoken[-1] / 16_000 + 0.5


def test_other_sounds_are_no_words() -> None:
    noise = np.random.default_rng(1).normal(0, 0.1, 64_000).astype(np.float32)
    for sound in (noise, say("Good morning, how are you?"), np.zeros(64_000, "f4")):
        assert feed(listen("hey_jarvis", "okay_nabu"), sound) == []


def test_the_refractory_time() -> None:
    twice = np.concatenate((WORD, WORD))
    assert len(feed(listen("hey_jarvis", pause=0.5), twice)) == 2
    assert len(feed(listen("hey_jarvis", pause=20.0), twice)) == 1


def test_the_threshold() -> None:
    [plain] = feed(listen("hey_jarvis"), WORD)
    assert plain.probability > 0.97
    assert feed(listen("hey_jarvis", threshold=0.9999), WORD) == []
    # A voice that is not sure enough for the model's own threshold.
    unsure = say("Hey Jarvis", "en-us+f3")
    assert feed(listen("hey_jarvis"), unsure) == []
    assert feed(listen("hey_jarvis", threshold=0.9), unsure)


def test_own_models_from_a_folder(tmp_path: Path) -> None:
    source = find_models(WakeOptions())["hey_jarvis"].file
    known = json.loads(source.read_text())
    known |= {"wake_word": "Dis Jarvis", "model": "mine.tflite"}
    known["trained_languages"] = ["fr"]
    (tmp_path / "dis_jarvis.json").write_text(json.dumps(known))
    (tmp_path / "broken.json").write_text("{}")
    (tmp_path / "lonely.json").write_text(json.dumps({**known, "model": "gone.tflite"}))
    shutil.copy(source.with_suffix(".tflite"), tmp_path / "mine.tflite")
    models = find_models(WakeOptions(model="dis_jarvis", model_dir=str(tmp_path)))
    assert next(iter(models)) == "dis_jarvis"
    assert models["dis_jarvis"].phrase == "Dis Jarvis"
    assert models["dis_jarvis"].languages == ("fr",)
    assert not {"broken", "lonely"} & set(models)
    detector = Detector([models["dis_jarvis"]], threshold=None, refractory_seconds=2.0)
    [heard] = feed(detector, WORD)
    assert heard.name == "dis_jarvis"
