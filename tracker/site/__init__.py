"""The static site: which pages there are, what stands on them, and how they reach a folder.

Everything up to `render` is pure; `render` alone knows the template engine,
`feed` alone the Atom writer, `publish` alone touches the disk. No module here
reads a clock: the policy day comes in with the inputs.
"""
