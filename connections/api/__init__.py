"""Applications for gas over the API."""
