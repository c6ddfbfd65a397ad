from nuserus.voice.models.recordings import Recording

__all__ = ["Recording"]
