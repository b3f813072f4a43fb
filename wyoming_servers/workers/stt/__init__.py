"""The hearing worker: faster-whisper behind Wyoming."""
