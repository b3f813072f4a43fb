"""What gateway, supervisor and workers say to each other beyond Wyoming itself.

A client sees none of it. On a worker's private socket:

- `worker-status` asks a worker to tell its state now and at each change; it answers
  with `worker-status` events (`WorkerStatus`).
- The `context` of an order says who asks and how it is to be answered (`OrderContext`).
- `synthesizing` and `synthesized` stand before and after the sound of each piece of a
  text, so that another worker can go on where one was lost.
- `detect-stopped` ends a stream in place of `not-detected`: the gateway counts over all
  the workers that a stream outlives.
- `embed` is answered by `embeddings`: Wyoming has no word for these.

Another project's worker may know none of this: it works as well, but is not replayed
in the middle of a piece, and says nothing of its state.
"""

from . import states
from .embedding import EMBED, EMBEDDINGS, Embeddings, EmbedOrder
from .exit_codes import BAD_OPTIONS, NOT_FOR_THIS_MACHINE
from .orders import OrderContext
from .pieces import PIECE_ENDED, PIECE_STARTED, piece_ended, piece_started, samples_of
from .status import STATUS, WorkerStatus
from .streams import DETECT_STOPPED
from .transcripts import TranscriptContext

__all__ = [
    "BAD_OPTIONS",
    "DETECT_STOPPED",
    "EMBED",
    "EMBEDDINGS",
    "NOT_FOR_THIS_MACHINE",
    "PIECE_ENDED",
    "PIECE_STARTED",
    "STATUS",
    "EmbedOrder",
    "Embeddings",
    "OrderContext",
    "TranscriptContext",
    "WorkerStatus",
    "piece_ended",
    "piece_started",
    "samples_of",
    "states",
]
