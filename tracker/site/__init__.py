"""The static site: which pages there are, what stands on them, and how they reach a folder.

Everything up to `render` is pure; `render` alone knows the template engine,
`feed` alone the Atom writer, `publish` alone touches the disk. No module here
reads a clock: the policy day comes in with the inputs.

Three editions, one a language, are planned over one `Book`, which works out each
state and each comparison once. A kind of page is a function from an `Edition` to
its pages, listed in `pages.KINDS`. To add one: give it a path in `paths` (from the
root of the edition), plan its `Page` there with views made by `views`, `told`,
`changing` or `boards`, and write its template. A template and a planner say their
words as `say(context, sentence, ...)` or `say_count`, which the catalogues in
`templates/locale` translate; free text goes through `|said`, which names its
language where that is not the page's. In a template `root` leads to the root of
the edition, `base` to that of the site, where data and styles are.
"""
