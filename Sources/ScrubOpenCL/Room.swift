// Room for ScrubOpenCL.
