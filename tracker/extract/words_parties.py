"""Who is named: governments, their people and houses, and third countries, in three languages.

Owns names alone. A phrase is written folded (lower case, no accents); `*` ends
a word that may go on. `only` holds phrases that mean this in one language and
something else in another: `EU` is the United States in Spanish.
"""

from __future__ import annotations

__all__ = ["PARTIES", "PARTIES_ONLY"]

PARTIES: dict[str, str] = {
    "US": (
        "u.s.|u.s.a.|usa|united states|united states of america|america|american|americans|"
        "america's|washington|white house|ee.uu.|ee. uu.|ee uu|eeuu|e.u.a.|eua|"
        "estados unidos|estadounidense*|norteamericano|norteamericana|casa blanca|etats-unis|"
        "etats unis|americain*|etasunien*|maison-blanche|maison blanche|trump|trump's|"
        "donald trump|donald j. trump|president trump|trump administration|"
        "administracion trump|administration trump|vance|lutnick|bessent|greer|"
        "jamieson greer|ustr|us trade representative|u.s. trade representative|usitc|navarro|"
        "rubio|trade representative|representante comercial de estados unidos|"
        "representante comercial de eu|representante comercial de ee.uu.|"
        "representante comercial de eeuu|representante comercial|"
        "representant americain au commerce|commerce department|department of commerce|"
        "departamento de comercio|departement du commerce|oval office|despacho oval|biden|"
        "us customs|customs and border protection|cbp|congress|us senate|u.s. senate|"
        "capitol hill|landau"
    ),
    "CA": (
        "canada|canada's|canadian|canadians|ottawa|canadiense*|canadien*|carney|mark carney|"
        "trudeau|justin trudeau|leblanc|dominic leblanc|freeland|joly|melanie joly|champagne|"
        "anita anand|janice charette|kirsten hillman|hillman|parliament hill|"
        "global affairs canada|wiseman|affaires mondiales canada|cbsa|finance canada|"
        "poilievre|rideau cottage"
    ),
    "MX": (
        "mexico|mexico's|mexican|mexicans|mexicano|mexicana|mexicanos|mexicanas|mexique|"
        "mexicain*|sheinbaum|claudia sheinbaum|sheinbaum's|ebrard|marcelo ebrard|"
        "palacio nacional|amlo|secretaria de economia|gobierno de mexico|de la fuente|"
        "gutierrez romano|jitomate mexicano|gutierrez luna|monreal|luis rosendo|shcp|dof|"
        "la presidenta|presidenta|roberto velasco"
    ),
    "X:CN": "china|china's|chinese|beijing|pekin|chino|chinos|chinas|chine|chinois*|xi jinping|xi",
    "X:IN": "india|indian|new delhi|modi|indio|indien*|inde|nueva delhi",
    "X:BR": "brazil|brazilian|brasil|brasilen*|bresil|bresilien*|lula|brasilia",
    "X:EU": (
        "european union|union europea|union europeenne|brussels|bruselas|bruxelles|europe|"
        "european|europeans|von der leyen|sefcovic|eurozone|europa|europeo*|europea*|"
        "europeen*|eu's"
    ),
    "X:GB": (
        "britain|british|uk|u.k.|united kingdom|starmer|reino unido|royaume-uni|britanico*|"
        "britannique*|london"
    ),
    "X:JP": "japan|japanese|tokyo|japon|japones*|japonais*",
    "X:KR": (
        "south korea|korea|korean|seoul|corea del sur|corea|coree du sud|coree|coreano*|coreen*"
    ),
    "X:CH": "switzerland|swiss|suiza|suizo*|suisse",
    "X:RU": "russia|russian|rusia|ruso*|russie|russe*|moscow|moscu|moscou|putin|ukraine|ucrania",
    "X:DE": "germany|german|berlin|alemania|aleman*|allemagne|allemand*",
    "X:FR": "france|french|paris|francia|frances*|macron",
    "X:AU": "australia|australian|australie|albanese",
    "X:VN": "vietnam|vietnamese|hanoi|vietnamita*",
    "X:ID": "indonesia|indonesian|indonesie",
    "X:PK": "pakistan|pakistani|islamabad|nepra|karachi|k-electric",
    "X:ZA": "south africa|south african|sudafrica|afrique du sud|ramaphosa",
    "X:NG": "nigeria|nigerian|nigeriano*|kenya|ghana|zambia|uganda|tanzania",
    "X:TR": "turkey|turkiye|turkish|turquia|turquie",
    "X:AR": "argentina|argentine|argentinian|milei|argentino*|argentin*",
    "X:CO": "colombia|colombian|petro|colombiano*|bogota|colombie",
    "X:TW": "taiwan|taiwanese|taipei",
    "X:TH": (
        "thailand|thai|cambodia|cambodian|malaysia|malaysian|philippines|singapore|"
        "bangladesh|sri lanka|nepal"
    ),
    "X:IL": "israel|israeli|iran|iranian|iraq|gaza|saudi|jordan|egypt|syria|qatar|irak",
    "X:VE": (
        "venezuela|venezuelan|cuba|cuban|nicaragua|ecuador|chile|peru|guatemala|honduras|"
        "el salvador|costa rica|panama|bolivia|paraguay|uruguay|noboa|haiti|maduro"
    ),
    "X:DK": (
        "denmark|danish|greenland|groenlandia|groenland|spain|espana|italy|italia|italian*|"
        "italien*|poland|polonia|pologne|norway|norwegian*|noruega|norvege|sweden|swedish|"
        "suecia|suede|netherlands|dutch|paises bajos|pays-bas|belgium|belgian*|belgica|"
        "belgique|portugal|portuguese|portugues*|portugais*|greece|greek|grecia|grece|"
        "austria|austrian*|autriche|finland|finlandia|finlande"
    ),
    "X:OT": (
        "jordania|new zealand|nueva zelanda|iceland|hungary|ireland|irish|irlanda|irlande|"
        "lesotho|madagascar|united arab emirates|uae|emiratos arabes unidos|emirats arabes unis|"
        "oman|bahrain|kuwait|morocco|marruecos|maroc|algeria|argelia|algerie|tunisia|kazakhstan|"
        "trinidad and tobago|dominican republic|republica dominicana|strait of hormuz|"
        "estrecho de ormuz|detroit d'ormuz|"
        "serbia|bosnia"
    ),
    "WORLD": (
        "world|global|globally|worldwide|all countries|every country|trading partners|"
        "trade partners|all imports|all steel|all aluminum|all foreign|mundial*|mundo|"
        "global*|todos los paises|socios comerciales|todas las importaciones|monde|mondial*|"
        "tous les pays|partenaires commerciaux|toutes les importations|universal|universel*|"
        "universales|across-the-board|reciprocal|reciproco*|reciproca*|reciproque*|"
        "liberation day|dia de la liberacion|into the united states|"
        "imported into the united states|entering the united states|foreign-made|made outside"
    ),
    "NATIONS": (
        "countries|economies|nations|paises|economias|naciones|pays|socios|partners|"
        "partenaires|trade partners|trading partners|socios comerciales|others|otros|"
        "autres pays"
    ),
    "BOTH": (
        "north america|north american|norteamerica|america del norte|amerique du nord|"
        "neighbors|neighbours|vecinos|voisins"
    ),
    "NOWHERE": (
        "new mexico|gulf of mexico|golfo de mexico|golfe du mexique|gulf of america|"
        "mexico city|ciudad de mexico|nuevo mexico|nouveau-mexique|estado de mexico|"
        "latin america|south america|central america|america latina|america del sur|"
        "bank of america|latin american|cdmx|south american|central american|copa america|"
        "american airlines|washington state|washington post|paris saint|new england|"
        "club america|african american|canada dry|bank of canada|banco de mexico|"
        "banque du canada|statistics canada|statistique canada|air canada|canada post|"
        "radio-canada|radio canada|royal bank of canada"
    ),
}

PARTIES_ONLY: dict[str, dict[str, str]] = {
    "es": {
        "US": "eu|e.u.|usa|el republicano|el magnate|el mandatario",
        "X:EU": "ue",
        "X:CN": "china",
    },
    "en": {
        "US": "us|the us|us's|federal register|commerce|the president|president",
        "X:EU": "eu",
    },
    "fr": {
        "US": "usa|le republicain|le milliardaire",
        "X:EU": "ue|l'ue",
        "X:CN": "chine",
    },
}
