"""What upper apps may ask of the directory."""

from nuserus.directory.queries.institutions import (
    institution_for_page,
    institutions_by_id,
    institutions_in_brief,
)
from nuserus.directory.queries.memberships import (
    may_answer_requests,
    may_manage_members,
    memberships_to_manage,
    own_membership_in,
    own_memberships,
    requests_count,
    requests_waiting_for,
)
from nuserus.directory.queries.places import (
    all_departments,
    categories_with_institutions,
    locate_town,
    place_label,
)

__all__ = [
    "all_departments",
    "categories_with_institutions",
    "institution_for_page",
    "institutions_by_id",
    "institutions_in_brief",
    "locate_town",
    "may_answer_requests",
    "may_manage_members",
    "memberships_to_manage",
    "own_membership_in",
    "own_memberships",
    "place_label",
    "requests_count",
    "requests_waiting_for",
]
