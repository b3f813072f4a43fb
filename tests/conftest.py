"""What every test shares."""

import pytest


@pytest.fixture(autouse=True)
def _no_telemetry(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep onnxruntime quiet: newer wheels send telemetry unless told not to."""
    monkeypatch.setenv("ORT_DISABLE_TELEMETRY", "1")
