"""A fire drill: an evening of real calls, played through the running system over its REST API with simulated crews, and proven after.

Everything that is done is done over HTTP, as its people would; the database is only read, when the end is compared with the journal.
"""
