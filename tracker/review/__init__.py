"""The review room: from groups of reports to decisions of an editor.

Pure: no clock, no disk, no database. What an item says and which items tell one
story comes from `extract`, what an event may be from `record`; the rooms meet
in `tracker.app.reviewing`. `desk` holds what a desk may ask and do.
"""
