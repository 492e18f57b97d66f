"""The verbs of repairs, restorations and interruptions, a module for each noun."""
