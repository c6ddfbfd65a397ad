from __future__ import annotations

from uuid import UUID, uuid4

from hypothesis import given
from hypothesis import strategies as st

from nuserus.practices.queries.lineage import DEEPEST, Branch, Kin, family_tree


def _flat(tree: list[Branch], depth: int = 0) -> list[tuple[UUID, int]]:
    return [place for branch in tree for place in [(branch.member.id, depth), *_flat(branch.branches, depth + 1)]]


def test_family_tree_nests_children_in_order() -> None:
    root, first, second, grandchild = (uuid4() for _ in range(4))
    kin = [Kin(root, None), Kin(first, root), Kin(second, root), Kin(grandchild, first)]
    assert _flat(family_tree(kin)) == [(root, 0), (first, 1), (grandchild, 2), (second, 1)]


def test_child_of_a_hidden_sheet_stands_at_the_top_and_says_so() -> None:
    tree = family_tree([Kin(uuid4(), uuid4())])
    assert [branch.parent_hidden for branch in tree] == [True]


def test_a_loop_is_cut() -> None:
    a, b = uuid4(), uuid4()
    assert len(_flat(family_tree([Kin(a, b), Kin(b, a)]))) == 2


def test_a_very_long_line_of_descent_stays_flat_enough() -> None:
    ids = [uuid4() for _ in range(500)]
    kin = [Kin(one, before) for one, before in zip(ids, [None, *ids], strict=False)]
    flat = _flat(family_tree(kin))
    assert len(flat) == 500
    assert max(depth for _, depth in flat) <= DEEPEST + 1


@given(st.lists(st.integers(0, 12), max_size=12))
def test_every_member_comes_once(parents: list[int]) -> None:
    kin = [Kin(UUID(int=rank), UUID(int=parent) if parent != 12 else None) for rank, parent in enumerate(parents)]
    assert sorted(id_.int for id_, _ in _flat(family_tree(kin))) == list(range(len(parents)))
