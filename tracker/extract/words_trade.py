"""What it is about: duties, agreements, the laws they rest on, and what only sounds like them.

Owns names of instruments and institutions, in the notation of `words_parties`.
"""

from __future__ import annotations

__all__ = ["TRADE", "TRADE_ONLY"]

TRADE: dict[str, str] = {
    "TARIFF": (
        "tariff*|import tax*|import duty|import duties|import surcharge|customs duty|"
        "customs duties|duty|duties|levy|levies|surtax*|retaliatory duties|border tax|"
        "trade war|import levies|arancel*|gravamen|gravamenes|impuesto a la importacion|"
        "impuestos a la importacion|impuestos de importacion|impuesto general de importacion|"
        "guerra comercial|sobretasa|cuota compensatoria|cuotas compensatorias|"
        "droit de douane|droits de douane|tarif douanier|tarifs douaniers|"
        "droits compensateurs|droits antidumping|barrieres douanieres|taxe douaniere|"
        "taxes douanieres|surtaxe*|taxe mondiale|taxes a l'importation|guerre commerciale|"
        "guerre tarifaire|contre-tarifs|offensive commerciale|droits supplementaires|"
        "additional duties|ad valorem"
    ),
    "REMEDY": (
        "antidumping|anti-dumping|countervailing|countervailable|dumping|cvd|antisubvention*|"
        "subvencion*|cuota compensatoria|cuotas compensatorias|droits compensateurs|"
        "less than fair value|administrative review|suspension agreement|"
        "acuerdo de suspension"
    ),
    "PACT": (
        "usmca|cusma|t-mec|tmec|t mec|aceum|nafta|tlcan|alena|aeumc|"
        "united states-mexico-canada agreement|canada-united states-mexico agreement|"
        "north american trade pact|north american trade deal|us-mexico-canada|"
        "u.s.-mexico-canada|tratado entre mexico, estados unidos y canada|"
        "accord canada-etats-unis-mexique|acuerdo de libre comercio de america del norte|"
        "tratado de libre comercio de america del norte|"
        "accord de libre-echange nord-americain"
    ),
    "TRADE": (
        "trade|trading|commerce|comercio|comercial|comerciales|commercial*|commerciaux|"
        "import|imports|imported|importing|importer*|importacion*|importado*|importada*|"
        "importation*|importar|export|exports|exported|exporting|exporter*|exportacion*|"
        "exportado*|exportation*|exportar|customs|aduana*|aduanal*|douane*|douanier*|"
        "free trade|libre comercio|libre-echange"
    ),
    "BORDER": "border|borders|frontera|fronteras|fronteriz*|frontiere|frontieres|frontalier*",
    "SHOP": (
        "plaza comercial|plazas comerciales|centro comercial|centros comerciales|"
        "local comercial|locales comerciales|vuelo comercial|vuelos comerciales|"
        "aerolinea comercial|banca comercial|nombre comercial|marca comercial|"
        "pausa comercial|pausas comerciales|exito comercial|uso comercial|"
        "comercio informal|comercio ambulante|comercio electronico|camara de comercio|"
        "commercial flight*|commercial airline*|commercial bank*|commercial real estate|"
        "commercial success|commercial space|commercial break|commercial fishing|"
        "trade union*|trade school*|trade show*|trade deadline|trade rumor*|trade rumour*|"
        "trade request|trade market|trading card*|insider trading|day trading|"
        "tax refund*|tax rebate*|minimum tax|devolucion de impuestos|impuesto minimo global|"
        "remboursement d'impot*|impot minimum|impuestos a herencia*|impuestos a la herencia|"
        "impuestos a las herencias|impuestos a ricos|impuestos a los ricos|"
        "impuestos a las grandes fortunas|impuestos a refrescos|impuestos a bebidas|"
        "impuestos a cigarros|impuestos a videojuegos|impuestos a la gasolina|"
        "impuestos a gasolinas|tricks of the trade|fur trade|drug trade|slave trade|"
        "wildlife trade|"
        "centre commercial|centres commerciaux|vol commercial|vols commerciaux|"
        "rue commerciale|chambre de commerce|fonds de commerce|commerce electronique"
    ),
    "DEAL": (
        "trade deal|trade pact|trade agreement|free trade agreement|free-trade deal|"
        "acuerdo comercial|tratado comercial|tratado de libre comercio|accord commercial|"
        "accord de libre-echange|free trade deal|trade accord|"
        "agreement on reciprocal trade|agreement on trade|acuerdo de comercio reciproco|"
        "accord sur le commerce reciproque|tratado|traite|pact|pacto"
    ),
    "TALKS": (
        "trade talks|trade negotiations|negotiation*|negotiating|negotiate|negotiates|"
        "negotiator*|talks|trade discussions|discussions|negociacion*|"
        "negociaciones comerciales|negocia|negociar|negocian|negociador*|dialogo|dialogos|"
        "conversaciones|mesas de trabajo|mesa de trabajo|negociation*|negocier|negocient|"
        "pourparlers|discussions commerciales|renegotiat*|renegoci*|bilateral talks|"
        "bilateral discussions|dialogue"
    ),
    "REVIEW": (
        "joint review|review|reviews|reviewing|revision|revision conjunta|revisar|revisan|"
        "revise|examen conjoint|examen|reexamen|renewal|renew|renewing|renovar|renovacion|"
        "renouvellement|renouveler|sunset clause|16-year|16 anos|16 ans|ratificar|reviewed|"
        "prorroga del t-mec|extender el t-mec|prolongation de l'aceum"
    ),
    "ROUND": (
        "round|rounds|ronda|rondas|ronde de|cycle de negociations|round of talks|"
        "ronda de negociaciones|session de negociations"
    ),
    "S232": (
        "section 232|seccion 232|article 232|s232|national security tariffs|"
        "adjusting imports of|adjusting imports|adjust imports"
    ),
    "S301": (
        "section 301|seccion 301|article 301|forced labor|forced labour|trabajo forzado|"
        "trabajo forzoso|travail force|excess capacity"
    ),
    "S122": (
        "section 122|seccion 122|article 122|balance of payments|international payment*|"
        "fundamental international payments|import surcharge"
    ),
    "S338": "section 338|seccion 338|article 338|tariff act of 1930",
    "IEEPA": (
        "ieepa|international emergency economic powers act|emergency powers|emergencies law|"
        "emergency law|poderes de emergencia|"
        "ley de emergencia|pouvoirs d'urgence|loi d'urgence|executive order 14193|"
        "executive order 14194"
    ),
    "GROUND": (
        "national emergency|emergencia nacional|urgence nationale|fentanyl|fentanilo|"
        "illicit drugs|southern border|northern border|frontera sur|frontera norte"
    ),
    "ORDER": (
        "executive order*|proclamation*|fact sheet|presidential action*|memorandum|"
        "orden ejecutiva|ordenes ejecutivas|decreto*|decret*|proclamacion|"
        "notice of implementation|final rule|notice|federal register|decree|order in council|"
        "remission order|ficha informativa"
    ),
    "RETALIATE": (
        "retaliat*|countermeasure*|counter-tariff*|counter-measure*|counter tariffs|"
        "countertariff*|hit back|hits back|strikes back|strike back|dollar-for-dollar|"
        "represalia*|contramedida*|riposte*|represailles|contre-mesure*|contre-tarif*|"
        "tit-for-tat"
    ),
    "DEMINIMIS": (
        "de minimis|low-value parcels|small packages|small parcels|paquetes pequenos|"
        "petits colis|duty-free parcels"
    ),
    "ORIGIN": (
        "rules of origin|reglas de origen|regles d'origine|content rules|regional content|"
        "contenido regional|contenu regional"
    ),
    "QUOTA": (
        "quota*|tariff-rate quota*|trq|trqs|cupo|cupos|contingent|contingents|"
        "contingentement|contingente*|import limits|import cap"
    ),
    "REFUND": (
        "refund*|reembols*|devolucion*|remboursement*|rembourser|remission*|remit|"
        "remise de droits|drawback|rebate*"
    ),
    "HOMONYM": (
        "electric*|electricity tariff*|power tariff*|kwh|cfe|nepra|nerc|eskom|per unit|"
        "feed-in|utility bills|electricas|luz|recibo de luz|energy bills|water tariff*|toll|"
        "tolls|peaje*|casetas|taxi|taxis|metro|bus fares|fare|fares|pasaje|"
        "transporte publico|telecom|roaming|mobile tariff*|broadband|wi-fi|uber|hotel|"
        "hoteles|vuelos|flights|tickets|boletos|predial|agua potable|postal|health insurance|"
        "gas bill|gas bills|tarif reduit|tarifs reduits|tarif jeune|sncf|stm|abonnement|"
        "abonnements|billet|billets|doctor|discom*|tarif horaire|tarif social|"
        "tarifs de l'electricite|hydro-quebec|estacionamiento|parking|heavy duty|"
        "heavy-duty trucks|duty of care|on duty|off duty|off-duty|call of duty|"
        "in the line of duty|line of duty|active duty|jury duty|double duty|police duty|"
        "duty-free shop*"
    ),
}

TRADE_ONLY: dict[str, dict[str, str]] = {
    "en": {
        "QUOTA": "quotas",
        "TARIFF": "taxes on imports|tax on imports|tax imports",
    },
    "es": {
        "QUOTA": "cuota|cuotas",
        "TARIFF": "tarifas de trump|tarifas a|tarifas comerciales|tarifa del|impuestos a",
        "TARIFE": "tarifa|tarifas",
    },
    "fr": {
        "TARIFF": "tarifs|tarif|taxes|taxe|taxer|droits|surtaxer",
        "REFUND": "remise|remises",
    },
}
