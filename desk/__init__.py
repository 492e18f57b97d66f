"""The front office: the counter, search, the clerk's workbench and the customer's cabinet.

The one place that may see all rooms; it composes and decides little.
"""
