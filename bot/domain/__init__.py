"""What the bot talks about: frozen dataclasses and pure rules, standard library only."""
