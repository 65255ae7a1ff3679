// Room for ScrubPlanner.
