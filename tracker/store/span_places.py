"""The two small tables beside `spans`: which provisions there are, and whose goods they hit.

Owns the order of provisions, the digest of what each one's spans were made
from, and the countries written out. Spans themselves belong to `spans`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy import Connection, delete, insert, select

from tracker.core.index import Place
from tracker.core.measures import targets_of
from tracker.core.words import PARTIES
from tracker.core.world import World
from tracker.store.tables import span_countries, span_places

__all__ = ["ANY_COUNTRY", "countries_of", "digests_in", "put_places"]

ANY_COUNTRY = "*"
"""In `span_countries`: a country that no provision names."""


def digests_in(connection: Connection) -> dict[Place, str]:
    """The digest of what each provision's spans were made from, in order of definition."""
    table = span_places.c
    query = select(table.measure, table.provision, table.digest).order_by(table.number)
    rows = connection.execute(query)
    return {(measure, provision): digest for measure, provision, digest in rows}


def put_places(connection: Connection, world: World, digests: Mapping[Place, str]) -> None:
    """Write both tables anew: they are small, and the numbers of all can have moved."""
    connection.execute(delete(span_places))
    connection.execute(delete(span_countries))
    numbered = [
        {"measure": place[0], "provision": place[1], "number": number, "digest": digest}
        for number, (place, digest) in enumerate(digests.items())
    ]
    countries = [
        {"country": country, "measure": measure, "provision": provision}
        for country, measure, provision in countries_of(world, digests)
    ]
    if numbered:
        connection.execute(insert(span_places), numbered)
    if countries:
        connection.execute(insert(span_countries), countries)


def countries_of(world: World, places: Iterable[Place]) -> list[tuple[str, str, str]]:
    """Every country that these provisions name or that is a party, with what its goods fall under.

    Country, measure, provision, as they stand in the table. Other provisions name
    none here: what is in it follows from the digests alone.
    """
    provisions = {place: world.measures[place[0]].provision(place[1]) for place in places}
    countries = {*PARTIES, ANY_COUNTRY}
    for provision in filter(None, provisions.values()):
        countries.update(provision.targets, provision.excludes)
    return [
        (country, *place)
        for place, provision in provisions.items()
        for country in sorted(countries)
        if provision is not None and targets_of(provision, country)
    ]
