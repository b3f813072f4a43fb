"""The learned reader: its corpus, the generator, the trainer and the measure."""
