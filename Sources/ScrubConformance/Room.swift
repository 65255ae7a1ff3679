// Room for ScrubConformance.
