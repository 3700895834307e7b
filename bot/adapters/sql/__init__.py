"""Keeping everything in one SQL database: SQLite by default, PostgreSQL by the same code."""
