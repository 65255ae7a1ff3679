internal import ScrubStore
