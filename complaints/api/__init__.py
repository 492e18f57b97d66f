"""Complaints, appeals and applications for services over the API."""
