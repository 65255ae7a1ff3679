// Room for ScrubCPU.
