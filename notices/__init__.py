"""What we owe to say: messages as rows, the channels that carry them, and their delivery state.

Other apps describe letters in their letters.py; this one finds and sends them.
"""
