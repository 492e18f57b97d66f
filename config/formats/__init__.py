"""How dates and times are written: one style to a language, wherever they stand. Named by FORMAT_MODULE_PATH.

What people type is read in the language's own ways as well; ISO stands first, since date fields of browsers speak nothing else.
"""
