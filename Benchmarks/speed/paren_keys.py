"""The paren experiments, from coarse to fine, as their hypothesis files are called."""

KEYS = ("1a", "1b", "2p1", "2a", "2proj", "2b", "3a", "3b", "4")
