"""Open311 GeoReport v2: other people's maps, apps and portals report faults to us and read how they stand.

http://wiki.open311.org/GeoReport_v2/ is the standard. ``expected_datetime`` is our due moment: the promise, not a guess.
"""
