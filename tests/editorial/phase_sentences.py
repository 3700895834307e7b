"""Sentences made up for the tests, with the phase a careful reader gives them."""

from __future__ import annotations

PROPOSED = """
Kyiv calls for an unconditional ceasefire along the whole front line.
The foreign minister urged Moscow to accept a full truce within days.
Washington proposes a sixty-day ceasefire to both capitals.
Ukraine accepts the American ceasefire proposal, its negotiators said in Jeddah.
Ukraine and the United States agree on a ceasefire proposal and wait for Moscow's answer.
Putin says he backs the idea of a ceasefire but has questions.
The chancellor said a ceasefire would have to be monitored from the air.
If Russia agrees, the ceasefire would begin on Monday.
The truce would take effect only once both armies have confirmed it.
Could a ceasefire be signed before the summer?
Markets rise on hopes of a ceasefire in Ukraine.
The envoy flies to Moscow to push for a truce.
Zelensky is ready for a ceasefire in the air and at sea.
European leaders demand an immediate ceasefire before any talks on territory.
A possible ceasefire agreed by both sides could open the way to elections.
The Vatican renews its plea for an Easter truce.
Berlin wants a ceasefire signed before Christmas.
The resolution submitted to the council asks for a halt to the fighting.
Le pape appelle à une trêve de Pâques dans toute l'Ukraine.
Kiev accepte la proposition américaine de cessez-le-feu.
Paris et Londres plaident pour une trêve d'un mois dans les airs et en mer.
Le président ukrainien se dit prêt à un cessez-le-feu sans conditions.
Le chancelier espère obtenir un cessez-le-feu avant l'été.
Moscou est sommé d'accepter une trêve de trente jours.
Un éventuel cessez-le-feu serait surveillé par des satellites.
Si les deux parties signent, le cessez-le-feu entrerait en vigueur lundi.
Le cessez-le-feu sera-t-il signé cette semaine ?
Les Européens réclament l'arrêt des combats avant toute discussion.
La Turquie propose d'accueillir une rencontre pour conclure une trêve.
L'objectif reste un cessez-le-feu durable, répète l'Élysée.
Vladimir Poutine approuve l'idée d'une trêve mais pose ses conditions.
L'Ukraine souhaite que la trêve soit prolongée de trente jours.
Donald Trump presse les deux camps de conclure un cessez-le-feu.
La présidence dit vouloir une pause des combats avant l'hiver.
"""

TALKS = """
Delegations discussed a ceasefire for nine hours in Istanbul.
Talks on a truce resume on Thursday, the mediator said.
The two sides failed to agree on a ceasefire in Riyadh.
Negotiators left without a deal on a ceasefire.
A ceasefire has not been agreed, the spokesman said after the meeting.
No agreement on a truce was reached in Geneva.
American and Russian officials are working on the terms of a ceasefire.
Ceasefire negotiations continue behind closed doors.
The two sides agree to ceasefire talks in Ankara.
Les délégations ont discuté d'un cessez-le-feu pendant six heures.
Les négociations sur une trêve reprennent mardi à Djeddah.
Aucun accord de cessez-le-feu n'a été trouvé à Istanbul.
Les pourparlers se sont achevés sans accord sur une trêve.
Les modalités du cessez-le-feu sont encore en discussion.
Américains et Russes ont convenu de discuter d'un cessez-le-feu.
"""

AGREED = """
Russia and Ukraine agreed to a ceasefire, both capitals confirmed.
Both armies have signed a truce that starts at midnight.
A ceasefire was agreed on Tuesday evening.
The two presidents announced a ceasefire of thirty days.
Putin declares a three-day truce for Victory Day.
Moscow and Kyiv extended the truce by two weeks.
La Russie et l'Ukraine ont conclu un cessez-le-feu.
Un cessez-le-feu a été signé mardi soir par les deux parties.
Vladimir Poutine annonce une trêve de trois jours.
Kiev et Moscou se sont mis d'accord sur une trêve de trente jours.
Les deux camps ont prolongé la trêve de deux semaines.
The Kremlin confirmed the truce on Thursday.
"""

IN_FORCE = """
The ceasefire came into force at midnight.
The truce is holding along most of the front.
Since the ceasefire took effect, shops have reopened in Kherson.
The ceasefire, in force for a week, remains fragile.
Both armies are largely respecting the truce, observers say.
Le cessez-le-feu est entré en vigueur à minuit.
La trêve tient depuis dimanche, selon les observateurs.
Depuis l'entrée en vigueur du cessez-le-feu, les écoles ont rouvert.
Malgré une trêve fragile, les habitants reviennent.
Le cessez-le-feu est globalement respecté, assure l'OSCE.
"""

VIOLATED = """
Kyiv accuses Moscow of violating the ceasefire.
Russian forces broke the truce hours after it began, Ukraine says.
Two people were killed in a strike despite the ceasefire.
The ceasefire collapsed after four days.
Observers recorded two hundred ceasefire violations overnight.
Moscou accuse Kiev d'avoir violé la trêve énergétique.
Les deux camps s'accusent de violations du cessez-le-feu.
Deux civils ont été tués malgré le cessez-le-feu.
La trêve a volé en éclats dans la nuit.
L'armée russe a rompu la trêve, affirme Zelensky.
"""

REJECTED = """
The Kremlin rejects the ceasefire proposal.
Putin ruled out a truce before his conditions are met.
Russia refuses any ceasefire along the current line.
Now is not the time for a ceasefire, the Russian president said.
Kyiv will not accept a truce that freezes the front.
Le Kremlin rejette l'appel au cessez-le-feu.
Moscou refuse toute trêve avant la levée des sanctions.
Vladimir Poutine exclut un cessez-le-feu temporaire.
Pas question de cessez-le-feu pour l'instant, répond Moscou.
L'Ukraine n'acceptera pas une trêve sans garanties.
"""

EXPIRED = """
The ceasefire expired at midnight without being renewed.
Russia ends the truce and resumes its strikes.
The thirty-day truce has ended.
La trêve de Pâques a pris fin dimanche à minuit.
La Russie met fin à la trêve énergétique.
Le cessez-le-feu a expiré sans être prolongé.
"""

MENTIONED = """
What does the ceasefire change for farmers?
The general wrote a book about ceasefire lines.
Ce que l'on sait du cessez-le-feu.
Le mot cessez-le-feu revient dans toutes les conversations.
"""

SENTENCES: dict[str, tuple[str, ...]] = {
    phase: tuple(line for line in block.strip().splitlines())
    for phase, block in {
        "proposed": PROPOSED,
        "talks": TALKS,
        "agreed": AGREED,
        "in_force": IN_FORCE,
        "violated": VIOLATED,
        "rejected": REJECTED,
        "expired": EXPIRED,
        "mentioned": MENTIONED,
    }.items()
}
