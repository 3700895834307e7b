"""A newspaper in miniature: articles appear, editions are written and sent."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from datetime import time

from bot.adapters.console import ConsoleRenderer
from bot.adapters.sql.store import SqlStore
from bot.adapters.writers.extractive import ExtractiveWriter
from bot.domain.article import Article
from bot.domain.chat import Chat
from bot.domain.language import ArticleLanguage
from bot.domain.subscription import EVERY_DAY, Schedule
from bot.services.brief import Briefer
from bot.services.deliver import Deliverer
from bot.services.editions import Editions
from bot.services.newsroom import Newsroom
from bot.services.subscribe import subscribe
from tests.contracts.examples import meet
from tests.fakes.clock import FakeClock
from tests.fakes.platform import FakePlatform

SWAP = (
    "Guerre en Ukraine : 84 prisonniers échangés de chaque côté",
    "Kiev et Moscou ont échangé 84 prisonniers de guerre. Les deux ministères ont confirmé l’échange.",
)
PORT = (
    "Ukraine : un terminal céréalier touché dans le port d’Odessa",
    "Une frappe russe a touché un terminal céréalier à Odessa. Deux dockers sont blessés, selon le gouverneur.",
)
PORT_LATER = (
    "Ukraine : le port d’Odessa rouvrira lundi, après la frappe sur son terminal céréalier",
    "Le terminal céréalier d’Odessa touché par une frappe rouvrira lundi, annonce la direction du port.",
)
FOOTBALL = ("Football : les Lions préparent leur match", "Le sélectionneur a retenu vingt-six joueurs.")
"""No news of the war, yet its outlet was read."""
BRIDGE = ("Ukraine : un pont rouvert à Mykolaïv", "Le pont de Mykolaïv, détruit en 2022, a rouvert à la circulation.")


TALKS = (
    ("Le Quai", "Ukraine : Kiev et Moscou négocient un cessez-le-feu à Istanbul",
     "Les délégations ukrainienne et russe négocient un cessez-le-feu de trente jours, a déclaré le ministère turc."),
    ("La Vigie", "Cessez-le-feu en Ukraine : les pourparlers se poursuivent",
     "Des pourparlers sur un cessez-le-feu se poursuivent en Turquie entre Russes et Ukrainiens, selon Ankara."),
)  # fmt: skip
IN_FORCE = (
    ("Le Quai", "Ukraine : le cessez-le-feu est entré en vigueur",
     "Le cessez-le-feu est entré en vigueur à minuit, a annoncé Volodymyr Zelensky."),
    ("La Vigie", "Guerre en Ukraine : Dmitri Peskov annonce que la trêve est en vigueur",
     "Le cessez-le-feu est en vigueur, a annoncé Dmitri Peskov, le porte-parole du Kremlin."),
)  # fmt: skip
RISEN = (
    ("Le Matin", "Odessa : un terminal céréalier touché par une frappe russe",
     "Deux dockers sont blessés par des éclats, selon le maire de la ville portuaire."),
    ("La Gazette", "Ukraine : le port d’Odessa visé, un terminal céréalier brûle",
     "Les pompiers ont lutté toute la nuit contre l’incendie du terminal céréalier."),
    ("Radio Large", "Frappe russe sur un terminal céréalier d’Odessa, trafic suspendu",
     "Le trafic maritime est suspendu jusqu’à lundi dans le port ukrainien."),
    ("Le Courrier", "Après la frappe sur le terminal céréalier d’Odessa, les silos en feu",
     "Plusieurs silos de blé ont brûlé entièrement, rapporte la direction du port."),
    ("Nouvelles", "Odessa : Kiev accuse Moscou de viser un terminal céréalier",
     "Kiev accuse Moscou de viser les exportations de céréales de l’Ukraine."),
)  # fmt: skip
"""(outlet, title, summary): five outlets, each with words of its own."""


@dataclass
class Paper:
    """A store, a clock, a platform, and all that turns articles into messages."""

    store: SqlStore
    clock: FakeClock
    platform: FakePlatform = field(default_factory=FakePlatform)
    _numbers: itertools.count[int] = field(default_factory=itertools.count)

    @property
    def editions(self) -> Editions:
        briefer = Briefer(self.store, ExtractiveWriter())
        return Editions(self.store, self.clock, briefer, {"console": ConsoleRenderer()}, "me")

    async def reader(self, *times: int, zone: str = "Africa/Dakar", chat: str = "1") -> Chat:
        """A chat that has ordered briefings at these hours."""
        met = await meet(self.store, chat, "console")
        order = Schedule(tuple(time(hour) for hour in times), zone, EVERY_DAY)
        await subscribe(self.store, met, order, "fr", self.clock.now())
        return met

    async def appear(
        self, *stories: tuple[str, str], outlet: str = "Le Quai", language: ArticleLanguage = "fr"
    ) -> None:
        """Articles of the next moment, read and judged."""
        self.clock.pass_by(seconds=1)
        now = self.clock.now()
        async with self.store.write() as unit:
            feed = await unit.feeds.archive(outlet, language)
            for title, summary in stories:
                name = f"x{next(self._numbers)}"
                url = f"https://{outlet.lower().replace(' ', '')}.example/{name}"
                article = Article(name, url, title, summary, "", language, now, now, (feed.id,), imported=True)
                await unit.articles.add([article])
        newsroom = Newsroom(self.store, self.clock, "me")
        await newsroom.turn()
        newsroom.close()

    async def deliver(self) -> list[str]:
        """What the platform was sent, and took, from now on."""
        before = len(self.platform.sent)
        await Deliverer(self.store, self.clock, {"console": self.platform}, "me").turn()
        return [text.replace("\u00a0", " ").replace("\u202f", " ") for _, text in self.platform.sent[before:]]

    async def at(self, hours: float) -> list[str]:
        """What arrives when so many hours have passed, on the minute."""
        self.clock.pass_by(hours=hours)
        self.clock.time = self.clock.time.replace(second=0)
        await self.editions.turn()
        return await self.deliver()
