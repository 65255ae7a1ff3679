// Room for ScrubModels.
