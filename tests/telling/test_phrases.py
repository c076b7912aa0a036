"""States, turns and changes in words, in the three languages. `~` stands for a no-break space."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.strategies import viewpoints, worlds
from tests.core.worlds import day
from tests.telling.worlds import EN, LANGS, NBSP, POTASH, Language, langs, row, turn
from tracker.core.diff import Change, ChangeKind, diff_viewpoints
from tracker.core.events import Text, When
from tracker.core.pending import Alternative, Pending
from tracker.core.policy import ProvisionState, Viewpoint, state
from tracker.core.words import Basis, Status
from tracker.core.world import World
from tracker.telling.changes import (
    change_sentence,
    difference_points,
    headline,
    points_text,
    returned_sentence,
)
from tracker.telling.phrases import pending_phrase, rate_phrase, state_phrase
from tracker.telling.places import subject_phrase, targets_text

Three = tuple[str, str, str]

FROM, UNTIL = "2025-03-04", "2025-04-02"
RANGE = When(earliest=day("2025-09-01"), latest=day("2025-11-30"))
MAYBE = When(condition=Text(en="if talks fail", es="si fracasan", fr="en cas d’échec"))


def _told(phrases: tuple[str, ...]) -> Three:
    one, two, three = (phrase.replace(NBSP, "~") for phrase in phrases)
    return one, two, three


STATES: list[tuple[ProvisionState, Three]] = [
    (
        row(effective_from=FROM, effective_until=UNTIL),
        (
            "in force at 25% since 4 March 2025, until 2 April 2025",
            "en vigor al 25% desde el 4 de marzo de 2025, hasta el 2 de abril de 2025",
            "en vigueur à 25~% depuis le 4 mars 2025, jusqu’au 2 avril 2025",
        ),
    ),
    (
        row(effective_from=FROM, ends=When()),
        (
            "in force at 25% since 4 March 2025, end not known",
            "en vigor al 25% desde el 4 de marzo de 2025, fin desconocido",
            "en vigueur à 25~% depuis le 4 mars 2025, fin inconnue",
        ),
    ),
    (
        row(starts=RANGE, ends=MAYBE),
        (
            (
                "in force at 25% since a day between 1 September 2025 and 30 November 2025, "
                "until a day that depends on a condition: if talks fail"
            ),
            (
                "en vigor al 25% desde una fecha entre el 1 de septiembre de 2025 y el 30 de "
                "noviembre de 2025, hasta una fecha sujeta a una condición: si fracasan"
            ),
            (
                "en vigueur à 25~% depuis une date comprise entre le 1er septembre 2025 et "
                "le 30 novembre 2025, jusqu’à une date soumise à une condition~: en cas d’échec"
            ),
        ),
    ),
    (
        row(rate=None, effective_from=FROM),
        (
            "in force with a rate not known since 4 March 2025",
            "en vigor a una tasa desconocida desde el 4 de marzo de 2025",
            "en vigueur à un taux inconnu depuis le 4 mars 2025",
        ),
    ),
    (
        row(rate=None, basis=Basis.BAN, effective_from=FROM),
        (
            "import ban in force since 4 March 2025",
            "prohibición de importación en vigor desde el 4 de marzo de 2025",
            "interdiction d’importation en vigueur depuis le 4 mars 2025",
        ),
    ),
    (
        row("paused", effective_until=UNTIL),
        (
            "paused until 2 April 2025 (25% held back)",
            "suspendido hasta el 2 de abril de 2025 (tasa suspendida: 25%)",
            "suspendu jusqu’au 2 avril 2025 (taux suspendu~: 25~%)",
        ),
    ),
    (
        row("paused", None, ends=When()),
        ("paused, end not known", "suspendido, fin desconocido", "suspendu, fin inconnue"),
    ),
    (
        row("invalidated", None, effective_from=FROM),
        (
            "struck down on 4 March 2025",
            "anulado por un tribunal el 4 de marzo de 2025",
            "annulé par un tribunal le 4 mars 2025",
        ),
    ),
    (
        row("announced", None, pending=(turn("announced", "35", "2025-08-01"),)),
        (
            "not in force; 35% announced from 1 August 2025",
            "no vigente; anunciado al 35% a partir del 1 de agosto de 2025",
            "pas en vigueur~; annoncé à 35~% à compter du 1er août 2025",
        ),
    ),
    (
        row(
            rate="20.56",
            effective_from=FROM,
            alternatives=(
                Alternative(
                    status=Status.IN_FORCE,
                    rate_pct=Decimal("35.16"),
                    basis=Basis.FULL_VALUE,
                    rate_text=None,
                    scope=None,
                    event="e",
                    when=RANGE,
                ),
            ),
        ),
        (
            (
                "in force at 20.56% since 4 March 2025; may already be in force at 35.16%, "
                "from a day between 1 September 2025 and 30 November 2025"
            ),
            (
                "en vigor al 20.56% desde el 4 de marzo de 2025; posiblemente ya en vigor "
                "al 35.16%, a partir de una fecha entre el 1 de septiembre de 2025 y el 30 de "
                "noviembre de 2025"
            ),
            (
                "en vigueur à 20,56~% depuis le 4 mars 2025~; peut-être déjà en vigueur à 35,16~%, "
                "à compter d’une date comprise entre le 1er septembre 2025 et le 30 novembre 2025"
            ),
        ),
    ),
]


@pytest.mark.parametrize(("seen", "said"), STATES)
def test_states(seen: ProvisionState, said: Three) -> None:
    assert _told(tuple(state_phrase(lang, seen) for lang in LANGS)) == said


def test_days_stand_before_wording_of_its_own() -> None:
    tiers = Text(en="50% on most, 25% on some", es="50% a casi todo", fr="50~% sur la plupart")
    seen = row(effective_from=FROM, rate_text=tiers, basis=Basis.NON_US_CONTENT)
    assert _told(tuple(state_phrase(lang, seen) for lang in LANGS)) == (
        "in force since 4 March 2025: 50% on most, 25% on some",
        "en vigor desde el 4 de marzo de 2025: 50% a casi todo",
        "en vigueur depuis le 4 mars 2025~: 50~% sur la plupart",
    )


TURNS: list[tuple[Pending, Three]] = [
    (
        turn("threatened", None, None),
        (
            "threatened at a rate and on a day not known",
            "amenaza, sin tasa ni fecha conocidas",
            "menace, à un taux et à une date inconnus",
        ),
    ),
    (
        turn("threatened", None, FROM),
        (
            "threatened at a rate not known from 4 March 2025",
            "amenaza a una tasa desconocida a partir del 4 de marzo de 2025",
            "menace à un taux inconnu à compter du 4 mars 2025",
        ),
    ),
    (
        turn("announced", None, FROM, basis=Basis.BAN),
        (
            "announced from 4 March 2025: import ban",
            "anunciado a partir del 4 de marzo de 2025: prohibición de importación",
            "annoncé à compter du 4 mars 2025~: interdiction d’importation",
        ),
    ),
    (
        turn("expired", None, FROM),
        (
            "expiry on 4 March 2025",
            "vencimiento el 4 de marzo de 2025",
            "expiration le 4 mars 2025",
        ),
    ),
    (
        turn("threatened", "30", None),
        (
            "30% threatened, day not known",
            "amenaza de 30%, fecha desconocida",
            "menace de 30~%, date inconnue",
        ),
    ),
    (
        turn("announced", "50", None, when=RANGE, basis=Basis.METAL_CONTENT),
        (
            (
                "50% of the metal content announced from a day between 1 September 2025 and "
                "30 November 2025"
            ),
            (
                "anunciado al 50% sobre el contenido de metal a partir de una fecha entre el 1 de "
                "septiembre de 2025 y el 30 de noviembre de 2025"
            ),
            (
                "annoncé à 50~% sur la teneur en métal à compter d’une date comprise entre "
                "le 1er septembre 2025 et le 30 novembre 2025"
            ),
        ),
    ),
    (
        turn("paused", "25", FROM),
        (
            "pause from 4 March 2025",
            "suspensión a partir del 4 de marzo de 2025",
            "suspension à compter du 4 mars 2025",
        ),
    ),
    (
        turn("expired", None, None, when=When()),
        ("expiry, day not known", "vencimiento, fecha desconocida", "expiration, date inconnue"),
    ),
]


@pytest.mark.parametrize(("ahead", "said"), TURNS)
def test_turns_ahead(ahead: Pending, said: Three) -> None:
    assert _told(tuple(pending_phrase(lang, ahead) for lang in LANGS)) == said


def test_who_charges_whom_on_what() -> None:
    mexican = row(targets=("CA", "MX"), origin="not_usmca")
    assert [subject_phrase(lang, mexican) for lang in LANGS] == [
        "US on CA, MX, Potash (not qualifying under USMCA)",
        (
            "Estados Unidos contra Canadá y México — Potasa "
            "(sin derecho al trato preferencial del T-MEC)"
        ),
        (
            "États-Unis contre le Canada et le Mexique — Potasse "
            "(ne bénéficiant pas du traitement préférentiel de l’ACEUM)"
        ),
    ]
    assert [targets_text(lang, ("CN", "*")) for lang in LANGS] == [
        "CN and all other countries",
        "China y todos los demás países",
        "la Chine et tous les autres pays",
    ]


def test_goods_whose_words_say_their_origin_do_not_say_it_twice() -> None:
    said = Text(en="US vehicles not qualifying under CUSMA", fr="Véhicules hors ACEUM")
    seen = row(products=said, origin="not_usmca")
    assert subject_phrase(EN, seen) == "US on CA, US vehicles not qualifying under CUSMA"
    assert subject_phrase(LANGS[2], seen).endswith("Véhicules hors ACEUM")


def test_an_origin_without_a_name_is_shown_in_its_own_words() -> None:
    assert "melted_and_poured" not in subject_phrase(EN, row(origin="melted_and_poured"))
    assert subject_phrase(EN, row(origin="melted_and_poured")).endswith("(melted and poured)")


@pytest.mark.parametrize(
    ("before", "after", "kind", "said"),
    [
        (
            row(effective_from=FROM),
            row(rate="35.5", effective_from="2025-08-01"),
            ChangeKind.RATE,
            (
                (
                    "US on CA, Potash: was 25%, now in force at 35.5% since 1 August 2025 "
                    "(10.5 points up)."
                ),
                (
                    "Estados Unidos contra Canadá — Potasa: antes 25%, ahora en vigor al 35.5% "
                    "desde el 1 de agosto de 2025 (10.5 puntos porcentuales más)."
                ),
                (
                    "États-Unis contre le Canada — Potasse~: auparavant 25~%, désormais en vigueur "
                    "à 35,5~% depuis le 1er août 2025 (10,5 points de pourcentage de plus)."
                ),
            ),
        ),
        (
            row("paused", effective_until=FROM),
            row(effective_from=FROM),
            ChangeKind.STATUS,
            (
                (
                    "US on CA, Potash: paused until 4 March 2025 (25% held back), then in force at "
                    "25% since 4 March 2025."
                ),
                (
                    "Estados Unidos contra Canadá — Potasa: suspendido hasta el 4 de marzo de 2025 "
                    "(tasa suspendida: 25%); después, en vigor al 25% desde el 4 de marzo de 2025."
                ),
                (
                    "États-Unis contre le Canada — Potasse~: suspendu jusqu’au 4 mars 2025 (taux "
                    "suspendu~: 25~%)~; ensuite, en vigueur à 25~% depuis le 4 mars 2025."
                ),
            ),
        ),
        (
            row(pending=(turn("expired", None, UNTIL),)),
            row(),
            ChangeKind.PENDING,
            (
                "US on CA, Potash: still in force at 25%; ahead: nothing any more.",
                (
                    "Estados Unidos contra Canadá — Potasa: sin cambio por ahora, en vigor al 25%; "
                    "ya no hay nada previsto."
                ),
                (
                    "États-Unis contre le Canada — Potasse~: inchangé pour l’instant, en vigueur à "
                    "25~%~; plus rien n’est prévu."
                ),
            ),
        ),
        (
            None,
            row(),
            ChangeKind.ADDED,
            (
                "US on CA, Potash: new, in force at 25%.",
                "Estados Unidos contra Canadá — Potasa: nuevo; en vigor al 25%.",
                "États-Unis contre le Canada — Potasse~: nouveau~; en vigueur à 25~%.",
            ),
        ),
    ],
)
def test_change_sentences(
    before: ProvisionState | None, after: ProvisionState, kind: ChangeKind, said: Three
) -> None:
    change = Change(kind, before, after, ())
    assert _told(tuple(change_sentence(lang, change) for lang in LANGS)) == said


def test_what_came_back_says_that_nothing_changed_net() -> None:
    change = Change(ChangeKind.DATES, row(), row(), ())
    assert _told(tuple(returned_sentence(lang, change) for lang in LANGS)) == (
        "US on CA, Potash: came back, no net change; in force at 25%.",
        (
            "Estados Unidos contra Canadá — Potasa: volvió a su situación anterior, sin cambio "
            "neto; en vigor al 25%."
        ),
        (
            "États-Unis contre le Canada — Potasse~: revenu à son statut antérieur, sans "
            "changement net~; en vigueur à 25~%."
        ),
    )


def test_the_headline_counts() -> None:
    rate = Change(ChangeKind.RATE, row(), row(rate="35"), ())
    new = Change(ChangeKind.ADDED, None, row(), ())
    assert _told(tuple(headline(lang, [rate, rate, new]) for lang in LANGS)) == (
        "3 provisions changed: 1 new, 2 by rate.",
        "Cambiaron 3 disposiciones: 1 nueva, 2 cambios de tasa.",
        "3 dispositions ont changé~: 1 nouvelle, 2 changements de taux.",
    )
    assert _told(tuple(headline(lang, [new]) for lang in LANGS)) == (
        "1 provision changed: 1 new.",
        "Cambió 1 disposición: 1 nueva.",
        "1 disposition a changé~: 1 nouvelle.",
    )
    assert headline(EN, []) == "Nothing changed."


@pytest.mark.parametrize(
    ("before", "after", "points"),
    [
        (row(), row(rate="35"), "10"),
        (row(rate="35"), row("invalidated", None), "-35"),
        (row("paused"), row(), "25"),
        (row("threatened", None), row("announced", None), None),
        (row("paused"), row("invalidated", None), None),
        (None, row(), None),
        (row(), row(rate=None), None),
        (row(), row(basis=Basis.METAL_CONTENT), None),
        (row(), row(rate=None, basis=Basis.BAN), None),
    ],
)
def test_the_difference_is_that_of_what_is_charged(
    before: ProvisionState | None, after: ProvisionState, points: str | None
) -> None:
    found = difference_points(Change(ChangeKind.RATE, before, after, ()))
    assert found == (None if points is None else Decimal(points))


def test_an_uncertain_side_has_no_difference() -> None:
    maybe = STATES[-1][0]
    assert maybe.alternatives
    assert difference_points(Change(ChangeKind.RATE, row(), maybe, ())) is None
    assert points_text(EN, None) == ""


def test_differences_in_words() -> None:
    said = [points_text(lang, Decimal("-1")).replace(NBSP, "~") for lang in LANGS]
    assert said == ["−1 point", "−1 punto porcentual", "−1 point de pourcentage"]
    assert points_text(EN, Decimal("12.5")) == "+12.5 points"
    assert points_text(EN, Decimal(0)) == "0 points"


@given(st.sampled_from(list(Basis)), langs, st.none() | st.just(Decimal(25)))
def test_every_basis_has_words(basis: Basis, lang: Language, rate: Decimal | None) -> None:
    assert rate_phrase(lang, rate, basis)
    assert "None" not in rate_phrase(lang, rate, basis, POTASH)


@given(worlds(), viewpoints(), viewpoints(), langs)
def test_any_state_and_any_change_can_be_told(
    world: World, before: Viewpoint, after: Viewpoint, lang: Language
) -> None:
    for seen in state(world, before):
        said = state_phrase(lang, seen)
        assert said
        assert "None" not in said
        if seen.status is Status.IN_FORCE and seen.rate_pct is not None:
            assert lang.percent(seen.rate_pct) in said
    changes = diff_viewpoints(world, before, after)
    for change in changes:
        assert change_sentence(lang, change).endswith(".")
    assert (headline(lang, changes) == headline(lang, [])) is (not changes)
