from appeals.models.appeals import Appeal, Outcome, State
from appeals.models.ledger import Address, AddressStatus
from appeals.models.letters import FailureReport, Letter, LetterClaim, Press, ReportState
from appeals.models.recipients import OTHER_SIDE, Party, Recipient
from appeals.models.roles import AppealAddress, Role
from appeals.values import Channel

__all__ = [
    "OTHER_SIDE",
    "Address",
    "AddressStatus",
    "Appeal",
    "AppealAddress",
    "Channel",
    "FailureReport",
    "Letter",
    "LetterClaim",
    "Outcome",
    "Party",
    "Press",
    "Recipient",
    "ReportState",
    "Role",
    "State",
]
