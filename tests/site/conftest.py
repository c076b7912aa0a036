"""What the tests of the site share: planned pages and rendered files of the made-up worlds."""

from __future__ import annotations

import pytest

from tests.site.worlds import TEMPLATES, edition_of, hostile_world, inputs, plain_world
from tracker.site.book import Book
from tracker.site.edition import Edition
from tracker.site.pages import plan_pages
from tracker.site.render import render

Files = dict[str, bytes]


@pytest.fixture(scope="session")
def files() -> Files:
    return dict(render(plan_pages(inputs()), TEMPLATES))


@pytest.fixture(scope="session")
def hostile_files() -> Files:
    return dict(render(plan_pages(inputs(hostile_world())), TEMPLATES))


@pytest.fixture(scope="session")
def book() -> Book:
    made = inputs()
    return Book(made.world, made.today)


@pytest.fixture(scope="session")
def edition() -> Edition:
    return edition_of(plain_world())
