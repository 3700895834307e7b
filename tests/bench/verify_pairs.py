"""The same news in both languages, and told again in each: this project's own sentences, to check the checks with."""

from __future__ import annotations

from typing import NamedTuple


class Pair(NamedTuple):
    """One event: a sentence in each language, and a faithful retelling of it in the same."""

    fr: str
    en: str
    fr_again: str
    en_again: str


PAIRS: tuple[Pair, ...] = (
    Pair(
        "Selon Kyiv, la Russie a lancé 41 drones et 12 missiles sur Odessa dans la nuit de lundi à mardi.",
        "According to Kyiv, Russia launched 41 drones and 12 missiles at Odesa overnight from Monday to Tuesday.",
        "Kyiv affirme que 41 drones et 12 missiles russes ont visé Odessa dans la nuit de lundi à mardi.",
        "Kyiv says 41 Russian drones and 12 missiles were launched at Odesa overnight from Monday to Tuesday.",
    ),
    Pair(
        "Le Kremlin n’a pas confirmé l’entretien téléphonique entre Donald Trump et Vladimir Poutine.",
        "The Kremlin has not confirmed the phone call between Donald Trump and Vladimir Putin.",
        "L’entretien entre Donald Trump et Vladimir Poutine n’a pas été confirmé par le Kremlin.",
        "The call between Donald Trump and Vladimir Putin has not been confirmed by the Kremlin.",
    ),
    Pair(
        "Volodymyr Zelensky s’est dit prêt à un cessez-le-feu de 30 jours si la Russie l’accepte.",
        "Volodymyr Zelensky said he was ready for a 30-day ceasefire if Russia accepts it.",
        "Volodymyr Zelensky se dit prêt à un cessez-le-feu de 30 jours, si la Russie l’accepte.",
        "Volodymyr Zelensky says he is ready for a 30-day ceasefire if Russia accepts it.",
    ),
    Pair(
        "Trois civils ont été tués et 17 blessés jeudi dans une frappe russe sur Kharkiv, selon le maire de la ville.",
        "Three civilians were killed and 17 wounded on Thursday in a Russian strike on Kharkiv, according to the city's mayor.",
        "Selon le maire de Kharkiv, une frappe russe a tué trois civils et en a blessé 17 jeudi.",
        "According to the mayor of Kharkiv, a Russian strike killed three civilians and wounded 17 on Thursday.",
    ),
    Pair(
        "L’Allemagne livrera 14 chars Leopard à l’Ukraine avant la fin du mois de mars.",
        "Germany will deliver 14 Leopard tanks to Ukraine before the end of March.",
        "Avant la fin mars, 14 chars Leopard allemands seront livrés à l’Ukraine.",
        "Before the end of March, 14 German Leopard tanks will be delivered to Ukraine.",
    ),
    Pair(
        "Emmanuel Macron a proposé une trêve d’un mois dans les airs, en mer et sur les infrastructures énergétiques.",
        "Emmanuel Macron has proposed a one-month truce in the air, at sea and on energy infrastructure.",
        "Une trêve d’un mois dans les airs, en mer et sur les infrastructures énergétiques a été proposée par Emmanuel Macron.",
        "A one-month truce in the air, at sea and on energy infrastructure has been proposed by Emmanuel Macron.",
    ),
    Pair(
        "Moscou a rejeté la proposition européenne, qualifiée d’inacceptable par Sergueï Lavrov.",
        "Moscow rejected the European proposal, which Sergei Lavrov called unacceptable.",
        "La proposition européenne, inacceptable selon Sergueï Lavrov, a été rejetée par Moscou.",
        "The European proposal, unacceptable according to Sergei Lavrov, was rejected by Moscow.",
    ),
    Pair(
        "Les deux pays ont échangé 150 prisonniers de guerre chacun mercredi, avec la médiation des Émirats arabes unis.",
        "The two countries each exchanged 150 prisoners of war on Wednesday, with mediation by the United Arab Emirates.",
        "Mercredi, chacun des deux pays a échangé 150 prisonniers de guerre, grâce à la médiation des Émirats arabes unis.",
        "On Wednesday each of the two countries exchanged 150 prisoners of war, mediated by the United Arab Emirates.",
    ),
    Pair(
        "L’Union européenne pourrait adopter son 16e paquet de sanctions contre la Russie le 24 février.",
        "The European Union could adopt its 16th package of sanctions against Russia on 24 February.",
        "Le 16e paquet de sanctions de l’Union européenne contre la Russie pourrait être adopté le 24 février.",
        "The European Union's 16th package of sanctions against Russia could be adopted on 24 February.",
    ),
    Pair(
        "Dmitri Peskov a déclaré que la Russie n’avait reçu aucune proposition officielle de Washington.",
        "Dmitry Peskov said Russia had received no official proposal from Washington.",
        "La Russie n’a reçu aucune proposition officielle de Washington, a déclaré Dmitri Peskov.",
        "Russia has received no official proposal from Washington, Dmitry Peskov said.",
    ),
    Pair(
        "Les négociations de Riyad reprendront mardi, a annoncé le département d’État américain.",
        "The talks in Riyadh will resume on Tuesday, the US State Department announced.",
        "Le département d’État américain annonce la reprise mardi des négociations de Riyad.",
        "The US State Department announced that the Riyadh talks will resume on Tuesday.",
    ),
    Pair(
        "L’armée ukrainienne a abattu 70 des 98 drones lancés par la Russie, affirme l’armée de l’air.",
        "The Ukrainian army shot down 70 of the 98 drones launched by Russia, the air force says.",
        "Sur 98 drones lancés par la Russie, 70 ont été abattus par l’armée ukrainienne, affirme l’armée de l’air.",
        "Of the 98 drones launched by Russia, 70 were shot down by the Ukrainian army, the air force says.",
    ),
    Pair(
        "Le cessez-le-feu n’est pas entré en vigueur, a reconnu lundi le ministre turc des affaires étrangères, Hakan Fidan.",
        "The ceasefire has not come into force, Turkish foreign minister Hakan Fidan acknowledged on Monday.",
        "Hakan Fidan, ministre turc des affaires étrangères, a reconnu lundi que le cessez-le-feu n’est pas entré en vigueur.",
        "Turkish foreign minister Hakan Fidan acknowledged on Monday that the ceasefire has not come into force.",
    ),
    Pair(
        "Washington a suspendu une aide militaire de 1,5 milliard de dollars à l’Ukraine.",
        "Washington has suspended 1.5 billion dollars of military aid to Ukraine.",
        "Une aide militaire américaine de 1,5 milliard de dollars à l’Ukraine a été suspendue.",
        "Military aid of $1.5bn to Ukraine has been suspended by Washington.",
    ),
    Pair(
        "La centrale de Zaporijjia a perdu pendant cinq heures son alimentation électrique, indique l’AIEA.",
        "The Zaporizhzhia plant lost its power supply for five hours, the IAEA says.",
        "Selon l’AIEA, l’alimentation électrique de la centrale de Zaporijjia a été perdue pendant cinq heures.",
        "According to the IAEA, the Zaporizhzhia plant lost its power supply for 5 hours.",
    ),
    Pair(
        "Donald Trump assure que Vladimir Poutine veut la paix, mais le Kremlin n’a pas réagi.",
        "Donald Trump says Vladimir Putin wants peace, but the Kremlin has not commented.",
        "Vladimir Poutine veut la paix, assure Donald Trump ; le Kremlin n’a pas réagi.",
        "Vladimir Putin wants peace, Donald Trump says; the Kremlin has not commented.",
    ),
    Pair(
        "Près de 60 % du réseau électrique de Kherson a été rétabli dimanche.",
        "Nearly 60% of Kherson's power grid was restored on Sunday.",
        "Dimanche, le réseau électrique de Kherson était rétabli à près de 60 %.",
        "On Sunday nearly 60 per cent of Kherson's power grid was restored.",
    ),
    Pair(
        "Le premier ministre britannique, Keir Starmer, n’exclut pas d’envoyer des soldats en Ukraine.",
        "British prime minister Keir Starmer does not rule out sending soldiers to Ukraine.",
        "Keir Starmer, premier ministre britannique, n’exclut pas un envoi de soldats en Ukraine.",
        "Keir Starmer, the British prime minister, does not rule out sending soldiers to Ukraine.",
    ),
    Pair(
        "Un incendie s’est déclaré dans une raffinerie de Riazan après une attaque de drones, selon le gouverneur Pavel Malkov.",
        "A fire broke out at a refinery in Ryazan after a drone attack, according to governor Pavel Malkov.",
        "Selon le gouverneur Pavel Malkov, une raffinerie de Riazan a pris feu après une attaque de drones.",
        "According to governor Pavel Malkov, a drone attack set a refinery in Ryazan on fire.",
    ),
    Pair(
        "La Pologne et la Lituanie demandent à l’Otan de renforcer son flanc oriental.",
        "Poland and Lithuania are asking NATO to strengthen its eastern flank.",
        "La Pologne et la Lituanie réclament un renforcement du flanc oriental de l’Otan.",
        "Poland and Lithuania ask for NATO's eastern flank to be strengthened.",
    ),
    Pair(
        "Kyiv et Washington n’ont pas encore signé l’accord sur les minerais.",
        "Kyiv and Washington have not yet signed the minerals agreement.",
        "L’accord sur les minerais n’a pas encore été signé par Kyiv et Washington.",
        "The minerals agreement has not yet been signed by Kyiv and Washington.",
    ),
    Pair(
        "Deux cents soldats nord-coréens auraient été tués dans la région de Koursk, selon Séoul.",
        "Two hundred North Korean soldiers have reportedly been killed in the Kursk region, according to Seoul.",
        "Selon Séoul, 200 soldats nord-coréens auraient été tués dans la région de Koursk.",
        "According to Seoul, 200 North Korean soldiers have reportedly been killed in the Kursk region.",
    ),
    Pair(
        "Le président ukrainien a rencontré le secrétaire général de l’Otan, Mark Rutte, à Bruxelles le 13 février 2025.",
        "The Ukrainian president met NATO secretary general Mark Rutte in Brussels on 13 February 2025.",
        "Le 13 février 2025, le président ukrainien a rencontré à Bruxelles Mark Rutte, secrétaire général de l’Otan.",
        "On February 13, 2025, the Ukrainian president met Mark Rutte, NATO's secretary general, in Brussels.",
    ),
    Pair(
        "La Russie dément avoir visé l’hôpital d’Okhmatdyt, que l’ONU dit touché par un missile russe.",
        "Russia denies targeting Okhmatdyt hospital, which the UN says was hit by a Russian missile.",
        "La Russie dément avoir visé l’hôpital d’Okhmatdyt ; l’ONU le dit touché par un missile russe.",
        "Russia denies it targeted Okhmatdyt hospital; the UN says a Russian missile hit it.",
    ),
    Pair(
        "Des milliers d’habitants de Soumy sont privés d’eau depuis samedi.",
        "Thousands of Sumy residents have been without water since Saturday.",
        "Depuis samedi, des milliers d’habitants de Soumy sont privés d’eau.",
        "Since Saturday thousands of residents of Sumy have been without water.",
    ),
    Pair(
        "La trêve aérienne est entrée en vigueur à minuit, ont annoncé Kyiv et Moscou.",
        "The air truce came into force at midnight, Kyiv and Moscow announced.",
        "Kyiv et Moscou ont annoncé que la trêve aérienne est entrée en vigueur à minuit.",
        "Kyiv and Moscow announced that the air truce came into force at midnight.",
    ),
    Pair(
        "Andriy Yermak a évoqué des discussions sur un accord de paix, sans donner de date.",
        "Andriy Yermak spoke of talks on a peace agreement, without giving a date.",
        "Des discussions sur un accord de paix ont été évoquées par Andriy Yermak, sans date.",
        "Talks on a peace agreement were mentioned by Andriy Yermak, without a date.",
    ),
    Pair(
        "Le Danemark consacrera 3 % de son PIB à la défense, a déclaré Mette Frederiksen.",
        "Denmark will spend 3% of its GDP on defence, Mette Frederiksen said.",
        "Mette Frederiksen a déclaré que le Danemark consacrera 3 % de son PIB à la défense.",
        "Mette Frederiksen said Denmark will spend 3 percent of its GDP on defence.",
    ),
    Pair(
        "Pokrovsk n’est pas tombée, assure l’état-major ukrainien, alors que Moscou revendique la prise de la ville.",
        "Pokrovsk has not fallen, Ukraine's general staff says, while Moscow claims to have taken the city.",
        "L’état-major ukrainien assure que Pokrovsk n’est pas tombée ; Moscou revendique la prise de la ville.",
        "Ukraine's general staff says Pokrovsk has not fallen; Moscow claims to have taken the city.",
    ),
    Pair(
        "Le pape François a appelé à un cessez-le-feu pour Pâques.",
        "Pope Francis called for a ceasefire for Easter.",
        "Un cessez-le-feu pour Pâques : c’est ce qu’a demandé le pape François.",
        "Pope Francis has called for an Easter ceasefire.",
    ),
)

UNSEEN: tuple[tuple[str, str], ...] = (
    (
        "Au moins cinq personnes sont mortes mercredi dans le bombardement d’un marché de Kostiantynivka, selon le parquet régional.",
        "At least five people died on Wednesday in the shelling of a market in Kostiantynivka, according to the regional prosecutor's office.",
    ),
    (
        "La Hongrie s’oppose à toute nouvelle aide militaire à Kyiv, a répété Viktor Orban à Bruxelles.",
        "Hungary opposes any new military aid to Kyiv, Viktor Orban repeated in Brussels.",
    ),
    (
        "L’émissaire américain Keith Kellogg devrait se rendre en Ukraine le 20 février.",
        "US envoy Keith Kellogg is expected to travel to Ukraine on 20 February.",
    ),
    (
        "Les exportations de céréales ukrainiennes ont reculé de 18 % en janvier, indique le ministère de l’Agriculture.",
        "Ukrainian grain exports fell by 18% in January, the agriculture ministry says.",
    ),
    (
        "Le Kremlin ne voit aucune raison de rencontrer Volodymyr Zelensky, a dit Dmitri Peskov.",
        "The Kremlin sees no reason to meet Volodymyr Zelensky, Dmitry Peskov said.",
    ),
    (
        "Plus de 300 000 foyers restent sans électricité dans la région de Soumy.",
        "More than 300,000 homes remain without electricity in the Sumy region.",
    ),
    (
        "Londres et Oslo livreront à l’Ukraine 30 drones navals, ont annoncé les deux gouvernements vendredi.",
        "London and Oslo will deliver 30 naval drones to Ukraine, the two governments announced on Friday.",
    ),
    (
        "Sergueï Lavrov accuse les Européens de vouloir prolonger la guerre.",
        "Sergei Lavrov accuses the Europeans of wanting to prolong the war.",
    ),
    (
        "Le Parlement ukrainien a prolongé la loi martiale jusqu’au 9 mai.",
        "Ukraine's parliament has extended martial law until 9 May.",
    ),
    (
        "Un pétrolier a pris feu en mer Noire après l’explosion d’une mine ; l’équipage de 22 marins est sain et sauf.",
        "A tanker caught fire in the Black Sea after a mine exploded; its crew of 22 sailors is safe.",
    ),
    (
        "Donald Trump n’a pas précisé quand il parlerait à Vladimir Poutine.",
        "Donald Trump did not say when he would speak to Vladimir Putin.",
    ),
    (
        "La Cour pénale internationale a émis un mandat d’arrêt contre deux généraux russes.",
        "The International Criminal Court has issued an arrest warrant for two Russian generals.",
    ),
    (
        "Quelque 1 200 soldats ukrainiens ont été formés en France l’an dernier, selon Sébastien Lecornu.",
        "Some 1,200 Ukrainian soldiers were trained in France last year, according to Sébastien Lecornu.",
    ),
    (
        "Rafael Grossi juge la situation de la centrale « précaire » et réclame un accès complet.",
        "Rafael Grossi calls the plant's situation precarious and demands full access.",
    ),
    (
        "Kyiv n’a ni confirmé ni démenti l’attaque contre le pont de Crimée.",
        "Kyiv has neither confirmed nor denied the attack on the Crimea bridge.",
    ),
)
"""Written when the rules were done, and never used to change them: French, English."""
