// Room for ScrubData.
