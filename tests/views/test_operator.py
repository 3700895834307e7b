"""What the operator reads on the command line."""

from __future__ import annotations

from bot.i18n import translator
from bot.views.operator import deliveries_line


def test_deliveries_are_told_by_what_became_of_them() -> None:
    counted = {("telegram", "sent"): 1200, ("telegram", "pending"): 3, ("telegram", "sending"): 1,
               ("telegram", "expired"): 2, ("discord", "unknown"): 9}  # fmt: skip
    assert deliveries_line("telegram", counted, translator("en")) == (
        "telegram messages: 1,200 sent, 4 waiting, 0 in doubt, 0 refused, 2 too old before they could be sent"
    )
    french = deliveries_line("discord", counted, translator("fr"))
    assert french.startswith("messages discord\u00a0: 0 envoyés, 0 en attente, 9 en doute")
