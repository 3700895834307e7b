"""The newsroom: pure language work on domain objects. No I/O, no clock, no platform, no wording.

Its knowledge of one conflict is the pack in ``editorial/data``; its rules are here.
"""
