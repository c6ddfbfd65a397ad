from nuserus.directory.views.claims import check_referent, claim, claim_code, hand_over
from nuserus.directory.views.details import details, undo_correction
from nuserus.directory.views.directory import institution, institution_by_slug
from nuserus.directory.views.duplicates import duplicate, duplicates
from nuserus.directory.views.finding import institutions, map_around, map_page, map_points
from nuserus.directory.views.imports import (
    import_again,
    import_csv,
    import_file,
    import_progress,
    import_report,
    import_undo,
    imports_list,
)
from nuserus.directory.views.members import decide, members, requests_waiting
from nuserus.directory.views.membership import ask_membership, leave_institution
from nuserus.directory.views.places import institution_card, place, place_card

__all__ = [
    "ask_membership",
    "check_referent",
    "claim",
    "claim_code",
    "decide",
    "details",
    "duplicate",
    "duplicates",
    "hand_over",
    "import_again",
    "import_csv",
    "import_file",
    "import_progress",
    "import_report",
    "import_undo",
    "imports_list",
    "institution",
    "institution_by_slug",
    "institution_card",
    "institutions",
    "leave_institution",
    "map_around",
    "map_page",
    "map_points",
    "members",
    "place",
    "place_card",
    "requests_waiting",
    "undo_correction",
]
