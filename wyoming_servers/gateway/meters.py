"""What the gateway counts, for Prometheus."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

_SECONDS = (0.05, 0.1, 0.2, 0.35, 0.5, 0.75, 1.0, 1.5, 2.5, 5.0, 10.0, 20.0, 40.0)


class Meters:
    """Counters and histograms of one gateway, in a registry of its own."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.requests = Counter(
            "jarvis_requests",
            "Finished requests",
            ["kind", "worker", "outcome"],
            registry=self.registry,
        )
        self.errors = Counter(
            "jarvis_errors", "Errors sent to clients", ["code"], registry=self.registry
        )
        self.wait = Histogram(
            "jarvis_queue_wait_seconds",
            "Wait for a place at the model",
            ["worker"],
            buckets=_SECONDS,
            registry=self.registry,
        )
        self.stage = Histogram(
            "jarvis_stage_seconds",
            "Time of one stage of a request",
            ["kind", "stage"],
            buckets=_SECONDS,
            registry=self.registry,
        )
        self.audio = Counter(
            "jarvis_audio_seconds",
            "Seconds of sound heard or spoken",
            ["kind"],
            registry=self.registry,
        )
        self.real_time = Histogram(
            "jarvis_real_time_factor",
            "Seconds of work for one second of sound",
            ["kind"],
            buckets=(0.02, 0.05, 0.1, 0.2, 0.35, 0.5, 0.75, 1.0, 1.5, 2.5, 5.0),
            registry=self.registry,
        )
        self.replays = Counter(
            "jarvis_replays",
            "Requests sent again after a worker was lost",
            ["worker"],
            registry=self.registry,
        )
        self.clients = Gauge(
            "jarvis_clients", "Connections now", registry=self.registry
        )
