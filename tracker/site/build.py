"""Plan, make, check, publish: the whole way from inputs to a folder.

Owns what a site was built from, so that the next build of the same process makes
only what reads otherwise. What was kept is never trusted further than it can be
seen: other templates, another folder, another day or other measures, a file that
was touched, and all of it or that file is made again.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path

from tracker.site.addresses import address_files
from tracker.site.links import Links
from tracker.site.making import Maker
from tracker.site.pages import SiteInputs
from tracker.site.placing import Stamp, stamp_of
from tracker.site.planning import Plan, plan_site
from tracker.site.publish import Published, opened
from tracker.site.render import Renderer
from tracker.site.run import Kept, Progress, Run

__all__ = ["Builder", "build"]


def build(
    inputs: SiteInputs,
    *,
    templates: Path,
    out: Path,
    extra: Mapping[str, bytes] | None = None,
    progress: Progress | None = None,
) -> Published:
    """Make `out` hold the site of `inputs`; nothing is written unless every page is sound.

    As `Builder.build`, for who builds once.
    """
    return Builder(templates, many=True).build(inputs, out=out, extra=extra, progress=progress)


class Builder:
    """Builds a site again and again; with `many` processes where it pays, or ready to go on.

    One that goes on keeps what it planned: the next build of the same folder and
    day makes only the pages on which something reads otherwise.
    """

    def __init__(self, templates: Path, *, many: bool = False) -> None:
        self._templates = templates
        self._many = many
        self._forget()

    def _forget(self) -> None:
        self._plan: Plan | None = None
        self._kept: Mapping[str, Kept] = {}
        self._paths: Collection[str] = ()
        self._of: object = None
        self._tools: tuple[Renderer, Links] | None = None

    def build(
        self,
        inputs: SiteInputs,
        *,
        out: Path,
        extra: Mapping[str, bytes] | None = None,
        progress: Progress | None = None,
    ) -> Published:
        """Make `out` hold the site of `inputs`; nothing is written unless every page is sound.

        `extra` are files from elsewhere, by their path in the site, that pages may link to.
        The same inputs give the same bytes, whatever was built before; what stands
        there already is not written again. `progress` is told how many files are
        made and how many there are.

        Raises: OperationFailed if a page cannot be made, a link leads nowhere, or
        the folder cannot be used.
        """
        kept, before, plan, tools = self._kept, self._paths, self._plan, self._tools
        same = (out.absolute(), _look_of(self._templates), inputs.base_url)
        if same != self._of:
            kept, before, plan = {}, (), None
        # Whatever goes wrong below, the next build begins from nothing.
        self._forget()
        planned = plan_site(inputs, plan, followed=not self._many)
        if tools is None or planned.since is None:
            # What they remember is of views that no longer are.
            tools = Renderer(self._templates), Links(_home(inputs))
        addresses = address_files([unit.path for unit in planned.units], inputs.base_url)
        with opened(out) as folder:
            maker = Maker(*tools, folder, self._many)
            run = Run(planned, kept, {**(extra or {}), **addresses}, maker, before)
            published = run.through(progress)
        if not self._many:
            self._plan, self._kept, self._of = planned, run.files, same
            self._tools, self._paths = tools, run.paths
        return published


def _home(inputs: SiteInputs) -> str:
    return f"{inputs.base_url.rstrip('/')}/" if inputs.base_url else "/"


def _look_of(templates: Path) -> tuple[tuple[str, Stamp | None], ...]:
    """How the files of the templates look from outside."""
    files = sorted(str(file) for file in templates.rglob("*") if file.is_file())
    return tuple((file, stamp_of(file)) for file in files)
