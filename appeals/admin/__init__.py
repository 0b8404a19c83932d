"""The desk's pages of the first floor, one module per job."""

from appeals.admin.appeals import AppealAdmin, AppealForm, LinesField
from appeals.admin.ledger import AddressAdmin, RecipientAdmin
from appeals.admin.supporters import SupporterAdmin

__all__ = ["AddressAdmin", "AppealAdmin", "AppealForm", "LinesField", "RecipientAdmin", "SupporterAdmin"]
