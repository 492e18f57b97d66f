"""New connections, from "I want gas" to a blue flame: applied for, told once, papers, survey, design, contract, built, accepted, gas on.

Statuses are code (states.py); the stages within a status, the papers and the fees are an administrator's, versioned (models/policy.py).
"""
