"""What customers and citizens say to the company: complaints, appeals and questions of the virtual reception, applications for services.

Each is heard once, routed to who can answer it, answered in writing or by voice in its time, and published only without personal data.
"""
