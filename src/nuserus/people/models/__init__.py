"""People: accounts, trades, roles."""

from nuserus.people.models.account import Account
from nuserus.people.models.role_grant import RoleGrant
from nuserus.people.models.trade import Trade

__all__ = ["Account", "RoleGrant", "Trade"]
