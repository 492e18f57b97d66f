"""The verbs of applications for gas, a module for each noun."""
