"""Measurements that print ratios: the product beside the floor under it, on the same machine, in the same run."""
