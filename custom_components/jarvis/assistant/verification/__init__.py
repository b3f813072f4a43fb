"""Holds a model to the truth: what it may do at the user's words, and what it may claim."""

from .claim_gate import ClaimGate
from .claim_verification import (
    async_account,
    async_settle,
    async_shortfall,
    idle,
    unseen,
)
from .claims import Request, split_sentences
from .purpose import Purpose
from .wanted import is_tool_wanted, is_wanted, user_request_of

__all__ = [
    "ClaimGate",
    "Purpose",
    "Request",
    "async_account",
    "async_settle",
    "async_shortfall",
    "idle",
    "is_tool_wanted",
    "is_wanted",
    "split_sentences",
    "unseen",
    "user_request_of",
]
