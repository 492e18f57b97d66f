"""The REST door of people and places, and the manners every app's API shares: sign-in, problems, pages, throttles, schema."""
