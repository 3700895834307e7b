"""Use cases: each reads through ports, asks the newsroom or the domain for a decision, then writes in one unit."""
