"""Makes a Whisper of random weights that loads through the real faster-whisper."""

from pathlib import Path

import ctranslate2
import numpy as np
from ctranslate2.specs.model_spec import LayerSpec
from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers

from wyoming_servers.store.whisper import LANGUAGES

_WIDTH, _MELS, _POSITIONS, _FRAMES = 64, 80, 448, 1500


def make_tiny_whisper(folder: Path) -> Path:
    """Write a multilingual CTranslate2 model: 1 + 1 layers, 64 wide; talks nonsense."""
    folder.mkdir(parents=True, exist_ok=True)
    tokens = _tokens()
    spec = ctranslate2.specs.WhisperSpec(1, 2, 1, 2)
    shapes = _shapes(len(tokens))
    random = np.random.default_rng(7)
    _fill(spec, "", shapes, random)
    spec.config.suppress_ids = []
    spec.config.suppress_ids_begin = []
    first = tokens.index("<|en|>")
    spec.config.lang_ids = list(range(first, first + len(LANGUAGES) - 1))
    spec.config.alignment_heads = [(0, 0)]
    spec.register_vocabulary(tokens)
    spec.validate()
    spec.optimize("int8")
    spec.save(str(folder))
    _write_tokenizer(folder, tokens)
    return folder


def _byte_tokens() -> list[str]:
    return sorted(pre_tokenizers.ByteLevel.alphabet())


def _tokens() -> list[str]:
    languages = ["en", *[code for code in LANGUAGES if code not in {"en", "yue"}]]
    filler = [f"<f{n}>" for n in range(50257 - 256 - 1)]
    # CTranslate2 knows a multilingual model by the empty word at this very place.
    words = [*_byte_tokens(), *filler]
    words.insert(50256, "")
    specials = ["<|endoftext|>", "<|startoftranscript|>"]
    specials += [f"<|{code}|>" for code in languages]
    specials += ["<|translate|>", "<|transcribe|>", "<|startoflm|>", "<|startofprev|>"]
    specials += ["<|nospeech|>", "<|notimestamps|>"]
    stamps = [f"<|{n * 0.02:.2f}|>" for n in range(1501)]
    return [*words, *specials, *stamps]


def _shapes(vocabulary: int) -> dict[str, tuple[int, ...]]:
    return {
        "conv1": (_WIDTH, _MELS, 3),
        "conv2": (_WIDTH, _WIDTH, 3),
        "embeddings": (vocabulary, _WIDTH),
    }


def _fill(
    spec: LayerSpec,
    path: str,
    shapes: dict[str, tuple[int, ...]],
    random: np.random.Generator,
) -> None:
    for name, value in list(spec.__dict__.items()):
        if name.startswith("_") or name == "config":
            continue
        where = f"{path}/{name}"
        if isinstance(value, list):
            for index, inner in enumerate(value):
                _fill(inner, f"{where}/{index}", shapes, random)
        elif isinstance(value, LayerSpec):
            _fill(value, where, shapes, random)
        elif value is None or name == "encodings":
            setattr(spec, name, _array(where, shapes, random))


def _array(
    where: str, shapes: dict[str, tuple[int, ...]], random: np.random.Generator
) -> np.ndarray:
    def noise(*shape: int) -> np.ndarray:
        return random.normal(0.0, 0.3, shape).astype(np.float32)

    last = where.rsplit("/", maxsplit=1)[-1]
    inner = where.split("/")[-2]
    if last == "gamma":
        return np.ones(_WIDTH, np.float32)
    if last == "beta":
        return np.zeros(_WIDTH, np.float32)
    if last == "encodings":
        return noise(_FRAMES if where.startswith("/encoder/") else _POSITIONS, _WIDTH)
    if inner in {"conv1", "conv2"}:
        return noise(*shapes[inner]) if last == "weight" else noise(_WIDTH)
    if inner == "embeddings" or "projection" in where:
        rows = shapes["embeddings"][0]
        return noise(rows, _WIDTH) if last == "weight" else noise(rows)
    wide = 4 * _WIDTH
    rows, columns = {
        ("ffn", "linear_0"): (wide, _WIDTH),
        ("ffn", "linear_1"): (_WIDTH, wide),
        ("self_attention", "0"): (3 * _WIDTH, _WIDTH),
        ("attention", "1"): (2 * _WIDTH, _WIDTH),
    }.get((where.replace("/linear/", "/").split("/")[-3], inner), (_WIDTH, _WIDTH))
    return noise(rows, columns)


def _write_tokenizer(folder: Path, tokens: list[str]) -> None:
    # The place of the empty word must be taken, or all later numbers are off by one.
    words = [token or "<empty>" for token in tokens[:50258]]
    vocabulary = {token: place for place, token in enumerate(words)}
    tokenizer = Tokenizer(models.BPE(vocab=vocabulary, merges=[]))
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.add_special_tokens(
        [AddedToken(t, special=True, normalized=False) for t in tokens[50257:]]
    )
    tokenizer.save(str(folder / "tokenizer.json"))
