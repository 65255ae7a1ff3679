// Room for ScrubStatistics.
