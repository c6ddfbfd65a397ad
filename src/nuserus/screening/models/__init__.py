from nuserus.screening.models.flags import Flag, ScreenedText

__all__ = ["Flag", "ScreenedText"]
