// Every tuning in the top-level folder Kernels/tuning, embedded by the compiler (C23 #embed). A new one takes one block
// and one line here; a test compares this table with the folder.
//
//   static const char some_device[] = {
//   #embed "../../Kernels/tuning/some-device.json" suffix(, )
//   0};
#include "CKernelSources.h"
#pragma clang diagnostic ignored "-Wc23-extensions"

#define TUNING(path, symbol) {path, symbol, sizeof symbol - 1}
static const kernel_source table[] = {
    // TUNING("some-device.json", some_device),
    {0}, // ends the table, which may hold nothing else
};

const kernel_source *shipped_tunings(size_t *count)
{
    *count = sizeof table / sizeof table[0] - 1;
    return table;
}
