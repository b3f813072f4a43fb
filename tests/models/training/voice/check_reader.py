"""Check that the graph reads Piper's characters as `characters.parse` does.

    python check_reader.py

Prints one JSON object a language; exits 1 if a sentence is read differently.
"""

import json

import numpy as np
from characters import PAD, parse, phoneme_id_map, sounds
from inventory import LANGUAGES, PAUSES, SILENCE, Language
from nodes import INT, Nodes
from onnx import helper
from onnxruntime import InferenceSession
from piper.phonemize_espeak import EspeakPhonemizer
from reader import read
from sentences import EVALUATION, TRAINING

_ODD = ("", "...", "ˈ ː ̃ ?", "hello several a? əl o", "tʃ tˈʃ a ɪ aɪ, —")


def session(language: Language) -> InferenceSession:
    """Build a model that holds only the reading part."""
    nodes = Nodes()
    phones = read(nodes, language)
    results = (phones.sound, phones.stress, phones.word_end)
    graph = helper.make_graph(
        nodes.nodes,
        "reader",
        [
            helper.make_tensor_value_info("input", INT, ["batch", "phonemes"]),
            helper.make_tensor_value_info("input_lengths", INT, ["batch"]),
        ],
        [helper.make_tensor_value_info(name, INT, ["phones"]) for name in results],
        nodes.constants,
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)])
    model.ir_version = 9
    return InferenceSession(model.SerializeToString())


def differs(language: Language, reader: InferenceSession, characters: str) -> bool:
    """Tell whether the graph and `parse` disagree on a string of characters."""
    ids_of = phoneme_id_map()
    ids = [1, 0]
    for character in characters:
        if character in ids_of:
            ids += [*ids_of[character], *ids_of[PAD]]
    ids.append(2)
    feeds = {
        "input": np.array([ids], np.int64),
        "input_lengths": np.array([len(ids)], np.int64),
    }
    names = sounds(language)
    rows = list(zip(*reader.run(None, feeds), strict=True))[1:-1]
    found = [
        (SILENCE if names[sound] in PAUSES else names[sound], int(stress), bool(end))
        for sound, stress, end in rows
    ]
    expected = parse(language, characters)
    last = [(name, stress, True) for name, stress, _ in expected[-1:]]
    return found[:-1] + [(*f[:2], True) for f in found[-1:]] != expected[:-1] + last


def main() -> None:
    """Check both languages."""
    failed = False
    phonemizer = EspeakPhonemizer()
    for language in LANGUAGES.values():
        reader = session(language)
        texts = TRAINING[language.name] + EVALUATION[language.name]
        phrases = list(_ODD)
        for text in texts:
            parts = phonemizer.phonemize(language.voice, text)
            phrases += ["".join(part) for part in parts]
        wrong = sum(differs(language, reader, phrase) for phrase in phrases)
        failed = failed or wrong > 0
        line = {
            "name": f"voice_{language.name}_read_differently",
            "value": wrong,
            "unit": "sentences",
            "n": len(phrases),
            "target": 0,
            "met": wrong == 0,
        }
        print(json.dumps(line))
    raise SystemExit(failed)


if __name__ == "__main__":
    main()
