from nuserus.directory.views.directory import institution, institution_by_slug, institutions
from nuserus.directory.views.members import decide, members, requests_waiting
from nuserus.directory.views.membership import ask_membership, leave_institution

__all__ = [
    "ask_membership",
    "decide",
    "institution",
    "institution_by_slug",
    "institutions",
    "leave_institution",
    "members",
    "requests_waiting",
]
