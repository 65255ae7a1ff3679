internal import CMicroKernels

/// Has the process give back to the machine, at once, what it frees from now on in pieces of a megabyte or more.
///
/// By itself glibc comes to keep freed pieces of up to 32 MiB for later, so that a program holds more than its memory
/// limit. Of other libraries nothing is asked.
public func giveBackFreedMemory() { scrub_give_back_freed_memory() }
