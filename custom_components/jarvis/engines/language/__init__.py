"""What Jarvis knows of French and English: nouns, articles, orders, languages."""

from .acts import ACTING, Act, Part
from .consent import reads_no, reads_yes
from .controls import Control, ControlRequest, read_control
from .courtesy import read_courtesy
from .deferring import defers
from .delays import Delay, read_delay, read_later
from .detect import detect, name_language, plain_language, reply_language
from .directions import Axis, Direction, directions_of, is_lessened, is_slight
from .exceptions import Excepting, read_excepting
from .explaining import WhyQuestion, read_why
from .hearsay import without_leftovers, without_repeats
from .helping import asks_for_help, asks_for_missing, asks_or_tells
from .hushing import calls_off, hushes
from .likeness import likeness, words_alike
from .list_forms import (
    Listing,
    ListRequest,
    adds_described,
    is_described,
    read_listing,
)
from .offers import offered_order
from .openings import (
    AWNINGS,
    BLINDS,
    CURTAINS,
    HANGING,
    SHUTTERS,
    WAYS_IN,
    WINDOWS,
    names_opening,
    names_way_in,
)
from .orders import (
    Action,
    Amount,
    Change,
    Order,
    Shift,
    Size,
    Unit,
    White,
    speaks_of_sound,
)
from .owners import owners_said
from .periods import Part as DayPart
from .periods import Period, Span, find_period
from .phrases import (
    LANGUAGES,
    NounPhrase,
    counted,
    enumerate_choices,
    enumerate_phrases,
    named,
    none_of,
    of_phrase,
    others_of,
    speech_language,
)
from .questions import Asking, Question, read_question, read_state
from .reading import bare, read_clauses, read_orders, speaks_of_all
from .scheduled import Scheduling, read_scheduling
from .speech_acts import read_acts
from .spelling import Spellings, digits_for_numbers
from .text import Word, fold, folded, singular, words
from .timers import TimerDeed, TimerRequest, lengths_said, read_timer, timer_deeds
from .typing_slips import retyped

__all__ = [
    "ACTING",
    "AWNINGS",
    "BLINDS",
    "CURTAINS",
    "HANGING",
    "LANGUAGES",
    "SHUTTERS",
    "WAYS_IN",
    "WINDOWS",
    "Act",
    "Action",
    "Amount",
    "Asking",
    "Axis",
    "Change",
    "Control",
    "ControlRequest",
    "DayPart",
    "Delay",
    "Direction",
    "Excepting",
    "ListRequest",
    "Listing",
    "NounPhrase",
    "Order",
    "Part",
    "Period",
    "Question",
    "Scheduling",
    "Shift",
    "Size",
    "Span",
    "Spellings",
    "TimerDeed",
    "TimerRequest",
    "Unit",
    "White",
    "WhyQuestion",
    "Word",
    "adds_described",
    "asks_for_help",
    "asks_for_missing",
    "asks_or_tells",
    "bare",
    "calls_off",
    "counted",
    "defers",
    "detect",
    "digits_for_numbers",
    "directions_of",
    "enumerate_choices",
    "enumerate_phrases",
    "find_period",
    "fold",
    "folded",
    "hushes",
    "is_described",
    "is_lessened",
    "is_slight",
    "lengths_said",
    "likeness",
    "name_language",
    "named",
    "names_opening",
    "names_way_in",
    "none_of",
    "of_phrase",
    "offered_order",
    "others_of",
    "owners_said",
    "plain_language",
    "read_acts",
    "read_clauses",
    "read_control",
    "read_courtesy",
    "read_delay",
    "read_excepting",
    "read_later",
    "read_listing",
    "read_orders",
    "read_question",
    "read_scheduling",
    "read_state",
    "read_timer",
    "read_why",
    "reads_no",
    "reads_yes",
    "reply_language",
    "retyped",
    "singular",
    "speaks_of_all",
    "speaks_of_sound",
    "speech_language",
    "timer_deeds",
    "without_leftovers",
    "without_repeats",
    "words",
    "words_alike",
]
