"""What the sound of one request goes through on its way to the model."""

import asyncio
from concurrent.futures import Executor
from functools import partial

from ...audio import FrontEnd
from ...errors import UnsupportedAudioError
from ...wire.pcm import AudioFormat
from ...wire.stages import check_stages
from .options import SttOptions
from .orders import TranscribeOrder


async def open_front_end(
    source: AudioFormat,
    order: TranscribeOrder,
    options: SttOptions,
    executor: Executor,
    *,
    referenced: bool,
) -> FrontEnd:
    """Return the stages that the request, or else the node, wants.

    Raises UnsupportedAudioError when their library is not here.
    """
    wanted = order.stages
    if wanted is None:
        wanted = check_stages(options.front_end)
    make = partial(
        FrontEnd, source, wanted, engine=options.front_end_engine, referenced=referenced
    )
    if not wanted:
        return make()
    try:
        # The first import of a library takes a second.
        return await asyncio.get_running_loop().run_in_executor(executor, make)
    except ValueError as err:
        raise UnsupportedAudioError(f"The audio front end cannot work: {err}.") from err
