"""The demonstration: the eight institutions of the first programme as they were, and invented ones."""
