"""Towns and countries without a zone of their own name, where readers are: folded, without accents."""

from __future__ import annotations

from collections.abc import Mapping

_TOWNS: Mapping[str, str] = {
    # West and Central Africa
    "Africa/Dakar": "senegal, thies, saint-louis, ziguinchor, touba, kaolack, mbour, rufisque, pikine, tambacounda",
    "Africa/Abidjan": "cote d'ivoire, bouake, yamoussoukro, san pedro, korhogo, daloa",
    "Africa/Bamako": "mali, sikasso, kayes, mopti, tombouctou, gao",
    "Africa/Ouagadougou": "bobo-dioulasso, koudougou",
    "Africa/Niamey": "zinder, maradi, agadez",
    "Africa/Porto-Novo": "cotonou, parakou",
    "Africa/Conakry": "kankan, nzerekore",
    "Africa/Nouakchott": "nouadhibou",
    "Africa/Libreville": "port-gentil, franceville",
    "Africa/Douala": "cameroun, yaounde, garoua, bafoussam, bamenda, maroua",
    "Africa/Brazzaville": "pointe-noire",
    "Africa/Kinshasa": "matadi, mbandaka",
    "Africa/Lubumbashi": "goma, bukavu, kisangani, mbuji-mayi, kananga, kolwezi, likasi",
    "Africa/Bujumbura": "gitega",
    "Africa/Lagos": "abuja, kano, ibadan, port harcourt",
    "Africa/Accra": "kumasi",
    # East and South
    "Africa/Nairobi": "mombasa",
    "Africa/Johannesburg": "le cap, cape town, pretoria, durban",
    "Indian/Antananarivo": "tananarive, toamasina, tamatave",
    "Indian/Comoro": "moroni",
    "Indian/Mauritius": "port louis, port-louis",
    # The Maghreb and further east
    "Africa/Casablanca": "rabat, marrakech, fes, tanger, agadir",
    "Africa/Algiers": "oran, constantine, annaba",
    "Africa/Tunis": "sfax, sousse",
    "Asia/Dubai": "abou dabi, abu dhabi",
    "Asia/Jerusalem": "tel aviv, tel-aviv",
    "Europe/Istanbul": "ankara",
    # France and overseas
    "Europe/Paris": "france, lyon, marseille, lille, toulouse, nice, nantes, strasbourg, bordeaux, montpellier, "
    "rennes, grenoble, rouen, reims, toulon, dijon, angers, nancy, metz, tours, clermont-ferrand, le havre, brest, "
    "limoges",
    "America/Martinique": "fort-de-france",
    "America/Guadeloupe": "pointe-a-pitre, basse-terre",
    "Pacific/Tahiti": "papeete",
    # Their neighbours
    "Europe/Brussels": "belgique, liege, anvers, antwerp, gand, ghent, namur, charleroi",
    "Europe/Zurich": "suisse, geneve, geneva, lausanne, berne, bern, bale, basel, fribourg, neuchatel",
    "Europe/London": "uk, angleterre, england, ecosse, scotland, manchester, birmingham, glasgow, edinburgh, "
    "edimbourg, liverpool, leeds, bristol, cardiff, belfast, oxford, cambridge",
    "Europe/Dublin": "cork",
    "Europe/Berlin": "allemagne, germany, munich, francfort, frankfurt, hambourg, hamburg, cologne, bonn",
    "Europe/Madrid": "barcelona, barcelone, valencia, seville",
    "Europe/Rome": "milan, naples, turin",
    "Europe/Amsterdam": "la haye, the hague, rotterdam",
    "Europe/Warsaw": "cracovie, krakow, gdansk, lublin, rzeszow, wroclaw",
    "Europe/Kyiv": "ukraine, kiev, kyiv, odessa, odesa, lviv, kharkiv, dnipro, zaporijjia, zaporizhzhia, kherson, "
    "mykolaiv, vinnytsia, poltava, soumy, sumy, tchernihiv, chernihiv, oujhorod, uzhhorod",
    "Europe/Moscow": "saint-petersbourg, saint petersburg",
    # America and Asia
    "America/Toronto": "quebec, montreal, ottawa, gatineau, sherbrooke",
    "America/Halifax": "moncton",
    "America/New_York": "washington, boston, miami, philadelphia, philadelphie, atlanta",
    "America/Chicago": "houston, dallas, la nouvelle-orleans, new orleans",
    "America/Los_Angeles": "san francisco, seattle, san diego",
    "Asia/Shanghai": "pekin, beijing",
    "Asia/Kolkata": "new delhi, delhi, mumbai, bangalore, utc+5:30, gmt+5:30, +5:30",
    "Etc/UTC": "gmt, utc, z",
}

PLACES: Mapping[str, str] = {place: zone for zone, places in _TOWNS.items() for place in places.split(", ")}
"""Folded name → zone."""
