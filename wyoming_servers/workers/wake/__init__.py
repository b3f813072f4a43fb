"""The wake worker: micro-wakeword models behind Wyoming."""
