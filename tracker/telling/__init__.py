"""Telling: from structure to words in English, Spanish and French, and to the JSON others rely on.

The room between the core and the others: it takes what the core works out and
says it. It decides nothing about policy, and is pure but for reading its
catalogues once. Only this room knows Babel.
"""
