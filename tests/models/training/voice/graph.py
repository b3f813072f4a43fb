"""The ONNX graph of a voice: Piper's phoneme ids in, samples out.

Its parts: read the ids into phones (`reader`); stretch the halves of the units to
the phones' durations (`timing`); overlap-add their periods at the distance that
the pitch asks for (`playback`, `prosody`).
"""

from durations import Durations
from inventory import Language
from nodes import FLOAT, INT, Nodes
from onnx import ModelProto, checker, helper
from playback import play
from reader import read
from timing import stretch
from units import Unit

OPSET = 18


def build(
    language: Language, units: dict[tuple[str, str], Unit], durations: Durations
) -> ModelProto:
    """Build the complete model for one language."""
    nodes = Nodes()
    phones = read(nodes, language)
    halves = stretch(nodes, language, units, phones, durations)
    play(nodes, language, units, phones, halves)
    graph = helper.make_graph(
        nodes.nodes,
        f"test_voice_{language.name}",
        [
            helper.make_tensor_value_info("input", INT, ["batch", "phonemes"]),
            helper.make_tensor_value_info("input_lengths", INT, ["batch"]),
            helper.make_tensor_value_info("scales", FLOAT, [3]),
        ],
        [helper.make_tensor_value_info("output", FLOAT, ["batch", 1, 1, "time"])],
        nodes.constants,
    )
    model = helper.make_model(
        graph,
        opset_imports=[helper.make_opsetid("", OPSET)],
        producer_name="jarvis-test-voice",
    )
    model.ir_version = 9
    checker.check_model(model, full_check=True)
    return model
