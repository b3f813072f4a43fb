"""The speaking worker: Piper behind Wyoming."""
