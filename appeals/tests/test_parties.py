"""The side that an owner's own name tells, for a row that a pasted text has filled in."""

import pytest

from appeals.models import Party
from appeals.parties import told


@pytest.mark.once
@pytest.mark.parametrize(
    ("owner", "side"),
    [
        ("Kemal Aydar, General Manager", Party.COMPANY),
        ("Генеральный директор АО «Пример»", Party.COMPANY),
        ("Geschäftsführung der Beispiel GmbH", Party.COMPANY),
        ("Embassy of Kazakhstan in Germany", Party.EMBASSY),
        ("Министерство труда", Party.GOVERNMENT),
        ("Managers' and Engineers' Union", Party.UNION),
        ("Strike committee at the company", Party.STRIKERS),
        ("Families of the fifteen", Party.FAMILIES),
        ("Anna Petrova", Party.NOT_KNOWN),
    ],
)
def test_a_name_tells_its_side(owner, side):
    assert told(owner) == side
