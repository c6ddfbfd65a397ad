"""The world, for every test of this folder."""

from tests.access.fixtures import built, put_back, unlogged, world

__all__ = ["built", "put_back", "unlogged", "world"]
