// Room for ScrubGraph.
