"""Who may do what with the materials of a study.

A source is read by who collected it and by those on the mission of its place, which the database gives to
no colleague of that place; it is written by the second alone.
"""

from __future__ import annotations

from nuserus.foundation.policy import Rule, author, on_mission

can_read_source = Rule("corpus.Source", "read", author | on_mission)
can_add_source = Rule("corpus.Source", "add", on_mission)
can_change_source = Rule("corpus.Source", "change", on_mission)
can_read_source_version = Rule("corpus.SourceVersion", "read", author | on_mission)
can_add_source_version = Rule("corpus.SourceVersion", "add", on_mission)
can_read_turn = Rule("corpus.Turn", "read", author | on_mission)
can_change_turn = Rule("corpus.Turn", "change", on_mission)
can_read_excerpt = Rule("corpus.Excerpt", "read", author | on_mission)
can_add_excerpt = Rule("corpus.Excerpt", "add", on_mission)
can_change_excerpt = Rule("corpus.Excerpt", "change", on_mission)
can_remove_excerpt = Rule("corpus.Excerpt", "delete", on_mission)
