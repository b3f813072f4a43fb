"""Workers: one model each, in a process of its own, a Wyoming server each."""
