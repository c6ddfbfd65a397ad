from nuserus.instruments.models.instruments import Instrument, InstrumentVersion
from nuserus.instruments.models.remarks import Remark
from nuserus.instruments.models.submissions import Submission, SubmittedFile
from nuserus.instruments.models.tablets import Tablet

__all__ = ["Instrument", "InstrumentVersion", "Remark", "Submission", "SubmittedFile", "Tablet"]
