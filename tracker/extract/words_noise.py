"""What shows that a report is not news of policy: comment, markets, sport, firms, other matters.

Owns the words of what has to be kept out, in the notation of `words_parties`.
"""

from __future__ import annotations

__all__ = ["NOISE", "NOISE_ONLY"]

NOISE: dict[str, str] = {
    "OPINION": (
        "opinion|editorial|op-ed|column|commentary|analysis|analisis|columna|tribune|"
        "chronique|lessons|lecciones|lecons|the case for|a case for|should|shouldn't|must|"
        "deberia|debe|deben|devrait|doit|doivent|myth|mito|mythe|folly|locura|insanity|wrong|"
        "mistake|error|roads|paths|bluff|gamble|apuesta|pari|greed|beware|don't|death knell|"
        "paradox|paradoja|paradoxe|illusion|ilusion|blunder|unintended|fantasy|disaster|"
        "desastre"
    ),
    "EXPLAIN": (
        "how|why|what to know|what you need to know|what to expect|explained|explainer|"
        "here's|here is|here are|takeaways|key points|faq|q&a|guide|a look at|need to know|"
        "things to know|5 things|what is|what are|what does|what it means|what they mean|"
        "who pays|which|list of|breakdown|assessing|understanding|in charts|map|primer|"
        "overview|que es|que son|que significa|que sabemos|que saber|que pasa|que implica|"
        "lo que debes saber|lo que se sabe|por que|claves|como afecta|como afectan|"
        "como impacta|cuales son|guia|explicamos|te explicamos|asi|estos son|quienes|"
        "quien gana|razones|preguntas y respuestas|en que consiste|que viene|cuando|pourquoi|"
        "comment|ce qu'il faut savoir|ce que l'on sait|qu'est-ce que|decryptage|explications|"
        "cinq questions|tout comprendre|quels sont|quelles sont|qui sont|les cles|voici"
    ),
    "STAKE": (
        "association|industry group|industry groups|industry|council|chamber of commerce|"
        "chamber|union|unions|teamsters|uaw|farmers|growers|ranchers|producers|manufacturers|"
        "automakers|retailers|ceo|ceos|coalition|business group*|business leaders|lobby*|"
        "lobbies|nmpf|usdec|phrma|afl-cio|experts|expert|economist*|analyst*|researchers|"
        "think tank|professor|former|ex-|survey|poll|study|report finds|camara|canacintra|"
        "coparmex|concamin|cce|concanaco|consejo coordinador|index|amia|inega|amda|anpact|"
        "ina|sindicato*|empresarios|empresas|industriales|industria|productores|agricultores|"
        "ganaderos|exportadores|especialistas|especialista|expertos|experto|analistas|"
        "analista|economistas|imco|ibero|academicos|encuesta|estudio|iniciativa privada|ip|"
        "sector privado|exfuncionario|industriels|producteurs|agriculteurs|patronat|"
        "syndicat*|unifor|constructeurs|entreprises|economistes|analystes|chercheurs|sondage|"
        "etude|comments regarding|comments on|premier|ford|eby|danielle smith|legault|"
        "governor|gobernador*|gouverneur|premiers|first nations|mayor|private sector|"
        "american chamber|amcham|trade group|brewers|steelmakers|dairy|wisconsin|companies|"
        "firms|small businesses|auto leaders|industry leaders|farm leaders|ag groups|"
        "farm groups|industry coalition|business council|consejo empresarial|"
        "lideres empresariales|sector agro|sector agropecuario|sector automotriz|"
        "empresario*|empresarial|transportistas|acuacultores|academico*|academica*|"
        "economista|investigador*|chef d'entreprise|chefs d'entreprise|gens d'affaires"
    ),
    "MARKET": (
        "stocks|shares|stock market|wall street|dow|nasdaq|s&p|bond|bonds|yields|peso|pesos|"
        "dollar|dolar|dollars|loonie|forex|usd|cad|usd/cad|usd/mxn|currency|tsx|bitcoin|"
        "oil prices|gold|oro|futures|rally|investors|earnings|inflation|gdp|recession|jobs|"
        "unemployment|economy|growth|sales|auto sales|prices|bolsa|bmv|acciones|"
        "tipo de cambio|inflacion|pib|recesion|empleo|desempleo|economia|crecimiento|ventas|"
        "precio*|inversionistas|mercados|exportaciones crecieron|deficit|superavit|remesas|"
        "inversion|inversiones|bancos|banxico|fmi|ocde|cepal|moody's|fitch|bbva|banamex|citi|"
        "goldman|jpmorgan|bourse|actions|dollar canadien|emploi|chomage|croissance|ventes|"
        "prix|investisseurs|marches|fed|federal reserve|imf|oecd|moody|deutsche bank|rbc|bmo|"
        "scotiabank|desjardins|jump|jumps|surge|surges|soar|soars|slump*|climb|climbs|plung*|"
        "tumbl*|disparan|caen|cae|crece|crecen|crecio|crecieron|chute*|bondit|fell|falls|"
        "rose|drops to|record|hit record|percent of|contraeria|supply chain*|supply-chain|"
        "cadena* de suministro"
    ),
    "IMPACT": (
        "impact*|effect on|affect|affects|fallout|consequences|hurt|hurting|cost|costs|"
        "costing|toll on|brace*|bracing|worry|worries|worried|fear|fears|anxiety|uncertainty|"
        "risk|risks|threatens jobs|pain|struggl*|frustrat*|hammer*|hammering|dire straits|"
        "welcome*|despite|amid|impacta|impacto|afecta|afectan|afectacion|consecuencias|golpe|"
        "golpea|golpean|temor|temen|incertidumbre|riesgo|riesgos|pese a|a pesar de|"
        "en medio de|frena inversion|perjudica|dejan|perderia|impact|touche|touches|inquiet*|"
        "craint*|crainte*|incertitude|risque*|malgre|frappe de plein fouet|subissent|souffr*"
    ),
    "SPORT": (
        "world cup|mundial 2026|copa del mundo|mundial|coupe du monde|fifa|olympic*|olimpic*|"
        "hockey|nhl|nba|mlb|nfl|soccer|futbol|football|match|partido|final del mundial|"
        "la final|gold medal|goalkeeper|delantero|torneo|league|liga mx|team|teams|coach|"
        "playoff*|stanley cup|super bowl|infantino|wrestling|boxing|boxeo|f1|grand prix|"
        "gran premio|tennis|baseball|beisbol|cricket|defeat|ballon"
    ),
    "CULTURE": (
        "film|films|movie|movies|netflix|music|musica|album|concert|concierto|pelicula*|"
        "series|actor|actress|celebrity|festival|museum|recipe|novel|book|books|review: |"
        "theater|theatre|cine|cinema|artist*|song|taylor swift|oscar|oscars|fashion|podcast|"
        "wedding|travel tips|tourism|turismo|tourisme|vacation*|restaurant*"
    ),
    "CRIME": (
        "cartel*|narco*|shooting|murder*|killed|kill|dead|death|dies|died|muert*|asesin*|"
        "homicid*|police|policia|arrest*|deten*|migrant*|migra*|immigra*|ice|deport*|asylum|"
        "wildfire*|incendio*|earthquake|sismo|hurricane|huracan|flood*|storm*|crash|"
        "extradit*|fraud|fraude|scam|trial|prison|disaster declaration|major disaster|"
        "fishery|fisheries|wildlife|endangered|national park|airworthiness|vaccine*|measles|"
        "covid|health|hospital|drug|school|students|water treaty|tratado de aguas|agua|"
        "airspace"
    ),
    "RETRO": (
        "timeline|cronologia|chronologie|year in review|one year|a year of|a year later|"
        "a year after|un ano|un an apres|anniversary|aniversario|anniversaire|looking back|"
        "history of|historia de|retrospective|retrospectiva|since 2018|in 2018|"
        "resumen del ano|balance de|bilan|retour sur|decade|decada"
    ),
    "HOME": (
        "pan|pri|prd|morena|oposicion|opposition|4t|cuarta transformacion|reforma electoral|"
        "reforma judicial|popularidad|comparecencia|"
        "salario minimo|minimum wage|elecciones|eleccion|election|elections|alcald*|"
        "municipi*|senador de morena|diputados del pan|partido accion nacional|"
        "bloc quebecois|conservatives|conservateurs|ndp|npd|liberal leadership|"
        "course a la chefferie|sondage electoral"
    ),
    "FIRM": (
        "ford motor|general motors|gm|stellantis|toyota|honda|nissan|mercedes|bmw|volkswagen|"
        "tesla|audi|walmart|amazon|costco|apple|nintendo|invest|investing|investment|plant|"
        "planta|factory|fabrica|usine|layoffs|despidos|licenciements|bankruptcy|quarterly|"
        "profit|profits|company|temu|shein|nearshoring|naves industriales|warehouse|"
        "logistics|modelo|corona|tecate|bombardier|nemak|cemex|femsa|bimbo"
    ),
    "HOUSE": (
        "holders list|quota holders|roster|nominations|nomination|appointment|vacancy|"
        "advisory committee|paperwork reduction|information collection|correction|"
        "applications for inclusion|job opportunity|careers|webinar|conference|newsletter|"
        "subscribe|tariff finder|tariff schedule lookup|tariff schedule|hts search|"
        "customs broker|broker|hiring|allocation|panels roster|technical corrections|"
        "weekly roundup|summary of|serial no|annex|annexe|anexo|chapter|chapitre|capitulo|"
        "committee meeting|foreign-trade zone|foreign trade zone|comment request|pdf|"
        "infographic*|infografia*|handbook|working paper|policy brief|fact book|panelists"
    ),
    "GOV": (
        "minister|ministers|ministre|ministro|ministra|president|presidenta|presidente|"
        "president's|prime minister|primer ministro|premier ministre|premiere ministre|"
        "secretary|secretario|secretaria|secretaire|administration|administracion|government|"
        "gobierno|gouvernement|officials|funcionarios|canciller|trade chief|trade minister|"
        "ambassador|embajador|ambassadeur|foreign secretary|foreign minister|cabinet|"
        "gabinete|ministere|commerce secretary|treasury secretary|mandatario|mandataria|"
        "autoridades"
    ),
}

NOISE_ONLY: dict[str, dict[str, str]] = {
    "en": {
        "EXPLAIN": "what|who|when|whether",
        "STAKE": "premier",
        "SPORT": "goal|cup",
    },
    "es": {
        "EXPLAIN": "como|que|cual",
        "OPINION": "ay",
    },
    "fr": {
        "EXPLAIN": "quoi|quel|quelle|quels|quelles",
        "GOV": "premier",
    },
}
