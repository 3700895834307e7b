"""Telegram: connect, translate in, render, send. No decision lives here."""

import os

os.environ.setdefault("PTB_TIMEDELTA", "true")
"""python-telegram-bot's documented opt-in: durations are timedeltas. Without it, every flood wait it reports warns."""
