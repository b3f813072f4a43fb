"""The sentence model: meaning, batches, folders and what is missing."""

from pathlib import Path

import numpy as np
import pytest

from tests.wyoming_servers.fakes.hub import FakeHub
from wyoming_servers.errors import ModelMissingError
from wyoming_servers.store import HubProcess
from wyoming_servers.workers.embed.engine import Engine
from wyoming_servers.workers.embed.files import find_embedder, local_folder, model_file
from wyoming_servers.workers.embed.options import EmbedOptions


@pytest.fixture(scope="module")
def engine(minilm: Path) -> Engine:
    file = model_file(minilm)
    assert file is not None
    return Engine(file, EmbedOptions(threads=1))


def test_the_vectors_are_those_of_the_models_own_page(engine: Engine) -> None:
    """Sentences and similarities as sentence-transformers' documentation gives them."""
    done = engine.embed(
        [
            "The weather is lovely today.",
            "It's so sunny outside!",
            "He drove to the stadium.",
        ]
    )
    assert done.vectors.shape == (3, engine.dimensions) == (3, 384)
    np.testing.assert_allclose(np.linalg.norm(done.vectors, axis=1), 1.0, rtol=1e-5)
    expected = [[1.0, 0.6660, 0.1046], [0.6660, 1.0, 0.1411], [0.1046, 0.1411, 1.0]]
    np.testing.assert_allclose(done.vectors @ done.vectors.T, expected, atol=2e-4)


def test_a_text_gets_the_same_vector_in_any_batch(engine: Engine) -> None:
    texts = ["Short.", "A much longer sentence that makes the others need padding."]
    alone = [engine.embed([text]).vectors[0] for text in texts]
    np.testing.assert_allclose(engine.embed(texts).vectors, alone, atol=1e-5)


def test_tokens_are_counted_without_padding_and_cut_at_the_limit(minilm: Path) -> None:
    file = model_file(minilm)
    assert file is not None
    engine = Engine(file, EmbedOptions(threads=1, max_tokens=8))
    # [CLS] hello [SEP], and eight of the long one.
    assert engine.embed(["hello", "hello " * 50]).tokens == 3 + 8


def test_the_first_token_instead_of_the_mean(minilm: Path, engine: Engine) -> None:
    file = model_file(minilm)
    assert file is not None
    cls = Engine(file, EmbedOptions(threads=1, pooling="cls"))
    texts = ["Open the shutters."]
    assert not np.allclose(cls.embed(texts).vectors, engine.embed(texts).vectors)
    with pytest.raises(ValueError, match="pooling"):
        Engine(file, EmbedOptions(pooling="max"))


def test_names_become_folders(tmp_path: Path, minilm: Path) -> None:
    assert local_folder(str(minilm), tmp_path) == (minilm, None)
    folder, repository = local_folder("paraphrase-x", tmp_path)
    assert repository == "sentence-transformers/paraphrase-x"
    assert folder == tmp_path / "embed" / "sentence-transformers--paraphrase-x"
    assert local_folder("me/mine", tmp_path)[1] == "me/mine"


def test_a_folder_without_a_model_is_told(tmp_path: Path) -> None:
    with pytest.raises(ModelMissingError, match="lacks tokenizer"):
        find_embedder(str(tmp_path), tmp_path, HubProcess("http://127.0.0.1:1"))
    with pytest.raises(ModelMissingError, match="by hand"):
        find_embedder("some-model", tmp_path, HubProcess("http://127.0.0.1:1"))


@pytest.mark.parametrize(
    ("processor", "chosen"),
    [("x86_64", "model_quint8_avx2.onnx"), ("aarch64", "model_qint8_arm64.onnx")],
)
def test_the_smallest_model_for_the_processor_is_downloaded_once(
    tmp_path: Path,
    hub: FakeHub,
    minilm: Path,
    monkeypatch: pytest.MonkeyPatch,
    processor: str,
    chosen: str,
) -> None:
    monkeypatch.setattr("platform.machine", lambda: processor)
    model = (minilm / "onnx" / "model.onnx").read_bytes()
    repository = "sentence-transformers/paraphrase-multilingual-MiniLM-L12-v2"
    hub.files[repository] = {
        "README.md": b"not needed",
        "tokenizer.json": (minilm / "tokenizer.json").read_bytes(),
        "onnx/model.onnx": b"large",
        "onnx/model_quint8_avx2.onnx": model,
        "onnx/model_qint8_arm64.onnx": model,
    }
    options = EmbedOptions(threads=1, data_dir=str(tmp_path))
    file = find_embedder(options.model, tmp_path, HubProcess(hub.url))
    assert file.name == chosen
    assert Engine(file, options).dimensions == 384
    assert {part.name for part in file.parent.iterdir()} == {chosen, "tokenizer.json"}
    asked = len(hub.asked)
    assert find_embedder(options.model, tmp_path, HubProcess(hub.url)) == file
    assert len(hub.asked) == asked


def test_a_repository_without_a_model_is_told(tmp_path: Path, hub: FakeHub) -> None:
    hub.files["me/mine"] = {"tokenizer.json": b"{}", "onnx/other.onnx": b""}
    with pytest.raises(ModelMissingError, match="no ONNX model"):
        find_embedder("me/mine", tmp_path, HubProcess(hub.url))
    hub.files["me/mine"] = {"onnx/model.onnx": b""}
    with pytest.raises(ModelMissingError, match="has no tokenizer"):
        find_embedder("me/mine", tmp_path, HubProcess(hub.url))
