"""Domain object + language → Message. Every sentence comes from the catalogues; no markup, no decision."""
