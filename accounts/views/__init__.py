"""Doors of people and places: sign-in helpers, staff's people pages, the directory of halls."""
