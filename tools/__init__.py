"""What ``./run`` and ``./test`` do before there is an environment to run Django in: standard library only."""
