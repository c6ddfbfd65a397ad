from nuserus.consent.models.cards import ConsentCard
from nuserus.consent.models.events import Consent, ConsentEvent
from nuserus.consent.models.notices import Notice, NoticeVersion

__all__ = ["Consent", "ConsentCard", "ConsentEvent", "Notice", "NoticeVersion"]
