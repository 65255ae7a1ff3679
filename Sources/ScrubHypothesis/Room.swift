// Room for ScrubHypothesis.
