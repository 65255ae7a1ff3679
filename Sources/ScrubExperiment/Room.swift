// Room for ScrubExperiment.
