"""What may be done: rules of access, what is critical, codes, consent, limits.

Every way to an action passes the guard.
"""

from .access import AccessRule
from .attempts import Attempts, attempts_store
from .consent import Consent, forget_questions
from .guard import HELD, REFUSED, Guard, GuardedError, Resume
from .limits import Limits
from .ownership import Ownership
from .redaction import HIDDEN
from .wording import clauses_for, contradict, joined

__all__ = [
    "HELD",
    "HIDDEN",
    "REFUSED",
    "AccessRule",
    "Attempts",
    "Consent",
    "Guard",
    "GuardedError",
    "Limits",
    "Ownership",
    "Resume",
    "attempts_store",
    "clauses_for",
    "contradict",
    "forget_questions",
    "joined",
]
