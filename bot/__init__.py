"""Dépêche: a news-briefing bot for Telegram and Discord."""

__version__ = "0.1.0"
