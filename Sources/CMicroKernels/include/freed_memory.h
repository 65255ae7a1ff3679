#pragma once

// Has free() give pieces of a megabyte or more back to the machine, where the C library would else come to keep them.
void scrub_give_back_freed_memory(void);
