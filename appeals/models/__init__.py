from appeals.models.appeals import Appeal, AppealAddress, Outcome, Role, State
from appeals.models.ledger import OTHER_SIDE, Address, AddressStatus, Channel, Party, Recipient
from appeals.models.letters import FailureReport, Letter, LetterClaim, Press

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
    "Role",
    "State",
]
