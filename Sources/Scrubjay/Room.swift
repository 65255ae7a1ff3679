// Room for Scrubjay.
