"""Addresses that may be logged and shown: secrets in them are masked."""

from __future__ import annotations

from bot.domain.masking import masked

__all__ = ["masked"]
