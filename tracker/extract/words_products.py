"""What goods are named, by the short English names that the record and its graders use.

Owns names of goods in three languages, in the notation of `words_parties`.
"""

from __future__ import annotations

__all__ = ["PRODUCTS", "PRODUCTS_ONLY"]

PRODUCTS: dict[str, str] = {
    "automobiles": (
        "auto|autos|automobile|automobiles|automotive|automotive goods|automotive industry|"
        "auto industry|car|cars|vehicle|vehicles|passenger vehicles|light vehicles|"
        "auto tariff*|automovil|automoviles|automotriz|automotrices|vehiculo|vehiculos|coche|"
        "coches|carros|industria automotriz|sector automotriz|autos ligeros|voiture|voitures|"
        "vehicule|vehicules|secteur automobile|industrie automobile|importations automobiles|"
        "voitures importees"
    ),
    "automobile parts": (
        "auto parts|automobile parts|car parts|vehicle parts|automotive parts|autopartes|"
        "partes automotrices|autopieza*|pieces automobiles|pieces detachees automobiles|"
        "pieces d'automobiles|pieces auto"
    ),
    "automobiles+automobile parts": (
        "autos and auto parts|cars and auto parts|cars and parts|cars and car parts|"
        "automobiles and automobile parts|autos and parts|vehicles and parts|"
        "autos y autopartes|voitures et pieces detachees|vehicules et pieces"
    ),
    "electric vehicles": (
        "electric vehicle|electric vehicles|electric car|electric cars|evs|ev|"
        "vehiculos electricos|autos electricos|coches electricos|vehicules electriques|"
        "voitures electriques"
    ),
    "medium- and heavy-duty vehicles": (
        "truck|trucks|heavy trucks|heavy-duty trucks|heavy duty trucks|"
        "medium- and heavy-duty vehicles|medium and heavy-duty vehicles|"
        "medium- and heavy-duty trucks|medium- and heavy-duty vehicle parts|"
        "heavy-duty vehicles|semi-trucks|camiones|camiones pesados|vehiculos pesados|"
        "tractocamiones|tractocamion|camions|poids lourds|camions lourds|vehicules lourds"
    ),
    "buses": "bus|buses|autobuses|autobus|autocars",
    "steel": "steel|acero|aceros|acier|aciers|siderurg*|siderurgi*",
    "corrosion-resistant steel": (
        "corrosion-resistant steel|corrosion-resistant steel products|"
        "acero resistente a la corrosion|acier resistant a la corrosion"
    ),
    "steel wire rod": "carbon and alloy steel wire rod|wire rod|alambron|fil machine",
    "rebar": (
        "rebar|steel concrete reinforcing bar|concrete reinforcing bar|varilla corrugada|"
        "varilla|barres d'armature"
    ),
    "aluminum": "aluminum|aluminium|aluminio",
    "copper": "copper|semi-finished copper|cobre|cuivre",
    "metals": "metals|metales|metaux",
    "softwood lumber": (
        "softwood lumber|softwood|softwood lumber products|madera blanda|"
        "maderas blandas|madera de coniferas|bois d'oeuvre|bois d'œuvre|"
        "bois d'oeuvre residentiel"
    ),
    "lumber": "lumber|timber|timber and lumber|madera|madera aserrada|bois|bois de sciage",
    "furniture": (
        "furniture|upholstered furniture|muebles|muebles tapizados|meubles|"
        "meubles rembourres|mobilier"
    ),
    "kitchen cabinets": (
        "kitchen cabinets|kitchen cabinets and vanities|cabinets|kitchen cabinet|"
        "gabinetes de cocina|armoires de cuisine"
    ),
    "bathroom vanities": "vanities|bathroom vanities|tocadores|muebles de bano|meubles-lavabos",
    "energy": (
        "energy|energy products|energy resources|canadian energy|energia|energeticos|"
        "productos energeticos|energie|produits energetiques|ressources energetiques"
    ),
    "crude oil": "crude|crude oil|canadian oil|oil|petroleo|crudo|petrole|petrole brut",
    "electricity exports": (
        "electricity exports|exportaciones de electricidad|exportations d'electricite"
    ),
    "potash": "potash|potasa|potasse",
    "fertilizers": "fertilizer|fertilizers|fertilizantes|engrais",
    "critical minerals": (
        "critical minerals|processed critical minerals|rare earths|minerales criticos|"
        "tierras raras|mineraux critiques|terres rares"
    ),
    "tomatoes": (
        "tomato|tomatoes|fresh tomatoes|tomate|tomates|jitomate|jitomates|tomates frescos|"
        "tomates fraiches"
    ),
    "beef": "beef|cattle|carne de res|carne bovina|ganado|boeuf|bovins|carne|betail",
    "pork": "pork|hogs|cerdo|carne de cerdo|porc",
    "poultry": "poultry|chicken|pollo|volaille|poulet",
    "dairy": (
        "dairy|milk|cheese|cream|dairy products|lacteos|leche|queso|produits laitiers|lait|fromage"
    ),
    "agricultural products": (
        "agricultural products|agricultural goods|farm goods|farm products|food products|"
        "food|produce|productos agricolas|productos agropecuarios|alimentos|"
        "produits agricoles|produits agroalimentaires|coffee and bananas"
    ),
    "sugar": "sugar|azucar|sucre",
    "corn": "corn|gm corn|maiz|mais transgenique",
    "canola": "canola|canola oil|canola meal|colza",
    "seafood": "seafood|shrimp|lobster|mariscos|camaron|fruits de mer|homard|poisson",
    "pharmaceuticals": (
        "pharmaceutical*|pharma|drugmakers|branded drugs|patented drugs|medicines|"
        "farmaceutic*|medicamentos|produits pharmaceutiques|medicaments|pharmaceutiques"
    ),
    "semiconductors": (
        "semiconductor*|chips|microchips|computer chips|semiconductores|semi-conducteurs|puces"
    ),
    "aircraft": (
        "aircraft|commercial aircraft|airplanes|planes|jets|aircraft and engines|jet engines|"
        "civil aircraft|aviones|aeronaves|aviones comerciales|avions|aeronefs|aerospace|"
        "aeroespacial|aerospatiale"
    ),
    "drones": "drones|unmanned aircraft|unmanned aircraft systems|drone",
    "wind turbines": "wind turbines|turbinas eolicas|eoliennes",
    "polysilicon": "polysilicon|polisilicio|polysilicium",
    "robotics": "robotics|industrial machinery|robots|robotica|maquinaria industrial|robotique",
    "medical devices": (
        "medical devices|medical equipment|personal protective equipment|"
        "dispositivos medicos|equipo medico|dispositifs medicaux"
    ),
    "appliances": (
        "appliances|home appliances|washing machines|electrodomesticos|"
        "appareils electromenagers|electromenager"
    ),
    "computers": (
        "computers|laptops|smartphones|servers|computadoras|telefonos inteligentes|"
        "ordinateurs|telephones"
    ),
    "electronics": "electronics|electronicos|electronica|produits electroniques",
    "solar panels": "solar panels|solar cells|solar products|paneles solares|panneaux solaires",
    "textiles": "textile|textiles|apparel|clothing|ropa|prendas de vestir|vestido|vetements",
    "footwear": "footwear|shoes|sneakers|calzado|zapatos|chaussures",
    "toys": "toys|juguetes|jouets",
    "alcohol": (
        "alcohol|spirits|bourbon|whiskey|whisky|liquor|bebidas alcoholicas|alcool|spiritueux"
    ),
    "tequila": "tequila|mezcal",
    "wine": "wine|wines|vino|vinos|vin|vins",
    "beer": "beer|beers|beer cans|cerveza|cervezas|biere|bieres",
    "aluminum cans": "aluminum cans|canned beer|latas de aluminio|latas|canettes",
    "films": (
        "foreign films|foreign movies|movies made|movies produced|foreign-made movies|"
        "peliculas extranjeras|films etrangers|films produits|films tournes"
    ),
    "quartz surface products": "quartz surface products|quartz|cuarzo",
    "glass": "glass|float glass|vidrio|verre",
    "plastics": "plastics|plasticos|plastiques",
    "chemicals": "chemicals|quimicos|produits chimiques",
    "cosmetics": "cosmetics|perfume|cosmeticos|cosmetiques",
    "motorcycles": "motorcycles|motocicletas|motos|motocyclettes",
    "orange juice": "orange juice|jugo de naranja|jus d'orange",
    "avocados": "avocado|avocados|aguacate|aguacates|avocat|avocats",
    "berries": "berries|strawberries|fresas|frambuesas|fraises|bleuets",
    "cement": "cement|cemento|ciment",
    "paper": "paper|pulp and paper|papel|papier|newsprint",
    "small parcels": (
        "de minimis|low-value parcels|small parcels|small packages|paquetes pequenos|"
        "petits colis|low-value shipments|low-value imports"
    ),
    "fentanyl precursors": "fentanyl precursors",
    "uranium": "uranium|uranio",
    "coal": "coal|carbon mineral|charbon",
    "natural gas": "natural gas|gas natural|gaz naturel",
    "ships": "ships|shipbuilding|vessels|buques|barcos|navires",
    "cranes": "cranes|gruas|grues",
    "magnets": "magnets|imanes|aimants",
    "digital services": (
        "digital services tax|digital services|digital tax|impuesto digital|"
        "servicios digitales|taxe sur les services numeriques|services numeriques"
    ),
}

PRODUCTS_ONLY: dict[str, dict[str, str]] = {
    "fr": {
        "automobiles": "automobile|automobiles|auto|autos",
        "pork": "porc",
    },
    "es": {
        "automobiles": "auto|autos",
    },
}
