"""The demo city: a believable Lanling County made from open data and one seed.

Pure plans first (layout, households, numbering), then rows, then a writer; the same recipe gives the same city.
"""
