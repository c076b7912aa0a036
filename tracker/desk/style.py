"""How the desk looks: where things are and how large, on a narrow terminal and a wide one.

It stands with the app, not with the screens: Textual ties a screen's own rules to what is
inside it, and the classes that these go by are on the screen itself.
"""

from __future__ import annotations

__all__ = ["STYLE"]

STYLE = """
#head { background: $primary; color: $text; text-style: bold; height: 1; padding: 0 1; }
#queue { height: 8; }
#tabs { height: 1; background: $panel; padding: 0 1; }
#panes { height: 1fr; }
#said { height: auto; max-height: 3; padding: 0 1; }
#said.-wrong { color: $text-error; text-style: bold; }
#keys { height: 1; color: $text-muted; }
#sources, #right, #draft, #change { display: none; padding: 0 1; }
#right { padding: 0; }
.-sources #sources { display: block; }
.-draft #right, .-draft #draft { display: block; }
.-change #right, .-change #change { display: block; }
.-wide #queue { height: 30%; }
.-wide #sources, .-wide #right, .-wide #draft, .-wide #change { display: block; }
.-wide #right { border-left: solid $panel; }
.-wide #change { border-top: solid $panel; }
.-wide #draft { height: 3fr; }
.-wide #change { height: 2fr; }
.-wide #sources, .-wide #right { width: 1fr; }
.dialog { align: center middle; }
.box { width: 78; max-width: 100%; height: auto; max-height: 100%; border: round $accent;
       padding: 0 1; background: $surface; }
.told { height: auto; max-height: 19; }
.foot { color: $text-muted; margin-top: 1; height: auto; }
OptionList { height: auto; max-height: 12; border: none; padding: 0; }
.field { height: 1; }
.field Static { width: 14; color: $text-muted; }
.field Input { width: 1fr; }
#line { margin-top: 1; }
"""
