"""People sent to doors: visits, the crews who make them, their rosters, slots, proof of arrival, badges.

Every room that sends somebody out asks for a visit here; what the crew does at the door is written on the case's own timeline.
"""
