"""What is done or said: the verbs and nouns by which a report tells what kind of thing happened.

Owns the words of acts in three languages, in the notation of `words_parties`. A
word tells a kind only together with what it is done to: that is for the rules.
"""

from __future__ import annotations

__all__ = ["ACTS", "ACTS_ONLY"]

ACTS: dict[str, str] = {
    "THREATEN": (
        "threat*|warn|warns|warned|warning|vow|vows|vowed|could impose|may impose|"
        "might impose|would impose|ultimatum|amag*|amenaz*|advierte|advirtio|advertir|"
        "advertencia|podria imponer|podria aplicar|menac*|avertit|previent|met en garde|"
        "pourrait imposer|brandit|promet des|promis|promises|promised|promete|prometio|"
        "pledges|pledged"
    ),
    "PLAN": (
        "considering|considers|weighs|weighing|mulls|mulling|plans|planning|plans to|"
        "prepares|preparing|intends|intention|intends to|looking at|floats|looms|loom|may|"
        "could|analiza|analizan|prepara|preparan|alista|alistan|planea|evalua|contempla|"
        "estudia|anticipa|preve|podria|podrian|baraja|valora|anunciara|envisage*|prepare|"
        "preparent|pourrait|pourraient|etudie|songe|projette|prevoit"
    ),
    "CONFIRM": (
        "confirm*|formaliz*|officializ*|sign|signs|signed|signing|orders|ordered|proclaim*|"
        "proceeds with|goes ahead|go ahead|to go ahead|will go ahead|moves ahead|oficializa|"
        "oficializo|firma|firmo|decreta|formaliza|seguira adelante|publica|publico|"
        "officialis*|signe|decrete|confirme"
    ),
    "IMPOSE": (
        "impos*|impon*|impus*|slap*|announc*|unveil*|hits canada|hits mexico|"
        "launches trade war|adopt|adopts|adopted|set tariffs|sets tariffs|levies new|levied|"
        "enact*|anunci*|aplicara|aplicaran|aplica|aplicar|gravara|gravar|grava|lanza|fija|"
        "establece|actualiza|annonc*|inflige|frapp*|applique*|instaur*|entend imposer|"
        "va imposer|implement*|notice of implementation|slapped|imposition|expands tariffs|"
        "expand*|expands|to impose|new tariff|new tariffs|nuevos aranceles|nouveaux droits|"
        "new levies|nuevo arancel"
    ),
    "INFORCE": (
        "take effect|takes effect|took effect|taking effect|go into effect|goes into effect|"
        "went into effect|into effect|in effect|kick in|kicks in|kicked in|into force|"
        "enter force|enters into force|now in force|came into effect|come into effect|"
        "comes into effect|begin|begins|began|have begun|starts today|start collecting|"
        "effective|entran en vigor|entra en vigor|entro en vigor|entraron en vigor|"
        "entrada en vigor|en vigor|entraran en vigor|entrara en vigor|ya aplica|ya rigen|"
        "rigen desde|comienzan a aplicarse|empiezan|arrancan|vigente*|entrent en vigueur|"
        "entre en vigueur|entree en vigueur|entrees en vigueur|entres en vigueur|en vigueur|"
        "entreront en vigueur|entrera en vigueur|prennent effet|prend effet|effectif*"
    ),
    "RAISE": (
        "rais*|hike*|doubl*|increas*|boost*|strengthen*|higher|triples|tripl*|ups tariffs|"
        "ratchet*|stiffer|step up|steeper|elev*|aument*|sube|subir|subira|incrementa|"
        "incrementar|incremento|duplica|duplicar|duplicara|alza|endurec*|augment*|hausse*|"
        "relev*|porter|porte a|alourdi*|further adjust*|updates tariffs|adjusts tariffs|"
        "adjust|ajust*"
    ),
    "LOWER": (
        "cut|cuts|cutting|lower*|reduc*|slash*|trim*|eases|easing|ease|halv*|rebaj*|reduce|"
        "disminu*|baja|bajar|bajara|redui*|abaiss*|baisse*|diminu*|roll back|rolls back|"
        "rollback"
    ),
    "PAUSE": (
        "paus*|postpon*|delay*|put on hold|puts on hold|on hold|hold off|holds off|reprieve|"
        "stay of|grace period|deferr*|defer*|truce|suspend|suspends|suspended|suspending|"
        "suspension|suspende|suspenden|suspendio|suspender|suspendera|frena|freno|aplaz*|"
        "posterg*|pospon*|pospuso|paraliz*|detiene temporalmente|tregua|difiere|retras*|"
        "sursis|treve|suspendre|suspendu*|met en pause|repouss*|differ*|report des|gel des|"
        "halt|halts|halted|pulls back|backs off|evitent temporairement|avoid tariffs for"
    ),
    "EXTEND": (
        "extend*|extension|prolong*|prorrog*|extien*|extend|ampli*|another 90|another month|"
        "another 30|otros 90|more time|90 dias mas|90-day extension|prolongation|"
        "delai supplementaire|90 more days|additional 90"
    ),
    "RESUME": (
        "resum*|reanud*|reprend*|reprise|restart*|retom*|return to the table|"
        "back to the table|relanc*|vuelve*|reactiv*"
    ),
    "REIMPOSE": (
        "reinstat*|reimpos*|re-impos*|restor*|reinstaur*|restablec*|retabli*|reimpon*|"
        "snap back|reviv*"
    ),
    "EXEMPT": (
        "exempt*|exclud*|exclusion*|carve-out*|carve out*|carveout*|spare|spares|spared|"
        "sparing|exent*|exim*|exceptu*|excluy*|excluid*|libra|libran|se libra|se salva|"
        "no se pagaran|no pagaran|esquiv*|exonera*|epargn*|exclu|exclus|duty-free|"
        "libre de aranceles|libres de aranceles|en franchise|waiver*|waive*|does not apply|"
        "no aplicaran|no aplica|no contempla|sans droits|preferential tariff treatment|"
        "trato preferencial|amendment to notice"
    ),
    "REVOKE": (
        "revok*|rescind*|remov*|lift|lifts|lifted|lifting|scrap*|drop|drops|dropped|dropping|"
        "repeal*|withdraw*|withdrew|end tariffs|ends tariffs|terminat*|eliminat*|abolish*|"
        "cancel*|elimina|eliminar|eliminacion|eliminan|eliminara|levanta|levantar|levantan|"
        "retira|retirar|retiran|revoca|revocan|deroga|derogan|quita|quitar|anula|lever|leve|"
        "levent|levee|abrog*|suppression|supprim*|retire|annul*|cancela|ditch|ditches|"
        "scrapping"
    ),
    "EXPIRE": (
        "expir*|lapse|lapses|lapsed|vence|vencen|vencio|caduca|vencimiento|run out|runs out|"
        "sunset|arrive a echeance|prennent fin"
    ),
    "INVESTIGATE": (
        "investigat*|probe|probes|inquir*|preliminary determination|preliminary affirmative|"
        "final determination|preliminary results|final results|administrative review|"
        "period of review|sunset review|initiation of|initiates|unfair trade practices|"
        "countervailing duty determination|antidumping duty order|changed circumstances|"
        "investigacion*|investiga|investigan|indaga|indagatoria|enquet*|institution of|"
        "audiencia de la seccion|critical circumstances|scheduling of|"
        "affirmative determination"
    ),
    "COURT": (
        "court*|judge|judges|justices|supreme court|appeals court|federal circuit|"
        "court of international trade|scotus|tribunal|ruling|rules that|rules against|ruled|"
        "strikes down|struck down|strike down|overturn*|lawsuit*|injunction|unconstitutional|"
        "invalidat*|corte suprema|suprema corte|tribunal*|juez|jueces|jueza|fallo|sentencia|"
        "invalida|invalido|anulo|tumba|cour supreme|cour d'appel|juge*|invalide*|invalidees|"
        "illegaux|illegales|ilegales|illegal|dispute panel|panel rul*|panel laboral|"
        "wto panel|plaignants|oral arguments|court hearing|upholds|upheld|plus haut tribunal"
    ),
    "LEGISLATE": (
        "senate|senators|house votes|house of representatives|house passes|lawmakers pass|"
        "bill|bills|resolution|legislation|legislat*|congress passes|votes to|vote to|"
        "voted to|parliament|royal assent|senado|senadores|camara de diputados|diputados|"
        "congreso|iniciativa de ley|ley|reforma|aprueba|aprobo|aprueban|dictamen|"
        "projet de loi|senat|deputes|parlement|adopte la loi|sanction royale|act of 2025|"
        "h.r.|hr|ley de los impuestos generales|iniciativa|chambre des representants|"
        "house ways and means"
    ),
    "MEET": (
        "meet|meets|met|meeting|meetings|summit|visit|visits|visiting|host|hosts|travel|"
        "travels|sit down|face-to-face|reun*|reunion*|cumbre|recibe|recibio|recibira|visita|"
        "visitara|viaja|viajara|encuentro|rencontr*|sommet|recoit|visite|se rendra|se rend|"
        "deplacement|delegation|delegacion|arrives in|bilateral meeting|trilateral|"
        "trilaterale"
    ),
    "CALL": (
        "phone call|call with|phone|spoke by phone|spoke with|speaks with|telephone|by phone|"
        "calls with|call between|had a call|holds call|phone conversation|llamada|"
        "llamada telefonica|por telefono|telefonica|appel telephonique|"
        "entretien telephonique|s'entretenir|s'est entretenu|s'entretient|"
        "conversation telephonique|au telephone|conversaron|converso|conversation with|"
        "after a call|following a call|following conversations"
    ),
    "AGREE": (
        "agree|agrees|agreed|agreeing|reach deal|reach agreement|reaches agreement|"
        "reached a deal|reaches deal|reached an agreement|strike deal|strikes deal|clinch*|"
        "deal reached|agreement in principle|framework agreement|memorandum of understanding|"
        "acuerdan|acuerda|acordo|acordaron|alcanzan acuerdo|alcanzan un acuerdo|"
        "llegan a un acuerdo|llegan a acuerdo|logran acuerdo|logra acuerdo|pactan|"
        "acuerdo en principio|s'entendent|concluent un accord|conclu un accord|accord conclu|"
        "accord de principe|parviennent a un accord|trouvent un accord|agreement on|"
        "agreement reached|sign deal|sign agreement|firman acuerdo|firman un acuerdo|entente|"
        "signent un accord|signent une entente"
    ),
    "SEEK": (
        "seek|seeks|seeking|push|pushes|pushing|press|presses|pressing|demand|demands|"
        "demanding|ask|asks|urge us|want|wants|proposes|propose|proposed|proposal|busca|"
        "buscan|buscara|buscar|exige|exigira|exigen|peleara|pedira|pide|solicita|solicito|"
        "solicitara|propone|plantea|propuesta|insistira|cherche|cherchent|reclame|demande|"
        "demandent|veut|souhaite|haggle|hold out|bargain*|offer|offers|ofrece|"
        "counter-proposal|concesiones|concessions|next steps|kick off|launch|launches|"
        "inician|inicia|arranca|lanzan|arrancan|launched|conclude|concludes|concluyen|"
        "concluye|termina|wrap up|wraps up|end round|ends round|start|starts|started|"
        "continue|continues|continuan|continua|avance*|progress"
    ),
    "BREAK": (
        "end talks|ends talks|ended talks|ending talks|terminate talks|terminates talks|"
        "terminating|terminates trade|terminate trade|ends all trade|end all trade|"
        "end trade negotiations|ends trade|ending all trade|break off|breaks off|broke off|"
        "halt talks|halts talks|calls off|called off|suspends talks|suspend talks|"
        "suspends trade talks|suspended talks|cuts off|cut off|walks away|walk away|scuttle*|"
        "torpedo*|rompe|rompio|romper|pone fin|da por terminadas|cancela negociaciones|"
        "cancela las negociaciones|suspende negociaciones|suspende las negociaciones|"
        "termina las negociaciones|termina negociaciones|rompt|rompre|rompait|rompues|rompu|"
        "rupture|met fin|claque la porte|suspend les negociations|interrompt|interrompues|"
        "terminated"
    ),
    "SAY": (
        "say|says|said|saying|tell|tells|told|statement|insist*|stress*|defend*|downplay*|"
        "signal*|tout*|expects|expect|hopes|hopeful|believes|respond*|responds|reacts|"
        "reaction|blast*|slam*|accus*|criticiz*|criticis*|condemn*|reject*|vows|welcom*|"
        "claims|claimed|acknowledg*|urges|remains open|denies|deny|confident|assur*|dice|"
        "dijo|afirma|afirmo|asegura|aseguro|insiste|reitera|reitero|declara|declaro|sostiene|"
        "destaca|senala|senalo|acusa|acuso|responde|respondio|rechaza|rechazo|confia|espera|"
        "esperara|esperar|considera|adelanta|revela|descarta|celebra|critica|lamenta|"
        "coincide*|explica|prefiere|prefiero|dit|affirme|declare|estime|assure|espere|"
        "juge que|se dit|repond|denonce|condamne|rejette|critique|salue|reagit|martele|"
        "promet|refuse|refuses|praises|confirms talks|recapped|mananera|open to|abierto|"
        "ready|listo|pret a|pris de court|alert*"
    ),
}

ACTS_ONLY: dict[str, dict[str, str]] = {
    "fr": {
        "PAUSE": "report|reporte|reportes|reportent|reporter|gele|pause",
        "CALL": "appel|entretien|entretiens",
        "AGREE": "accord|s'entendre|s'etre entendu",
        "COURT": "cour|justice|arret|tranche",
        "RAISE": "double|doublera|doubler",
        "LEGISLATE": "loi|vote",
    },
    "es": {
        "COURT": "corte|jueces|juzga",
        "AGREE": "acuerdo|acuerdos|pacto",
        "CALL": "conversacion",
        "LEGISLATE": "congreso",
    },
    "en": {
        "AGREE": "agreement|deal|accord",
        "COURT": "panel",
        "INFORCE": "start",
    },
}
