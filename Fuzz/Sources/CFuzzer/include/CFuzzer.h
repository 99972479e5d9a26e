// libFuzzer's driver, and memory whose ends are watched.
#ifndef CFUZZER_H
#define CFUZZER_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// Runs libFuzzer with a callback in place of the function that it looks for by name.
int LLVMFuzzerRunDriver(int *argc, char ***argv, int (*body)(const uint8_t *bytes, size_t count));

/// From here on every tensor ends where a page begins that nobody may touch, so that a read or a
/// write behind its end is a signal; where `before` is not 0, it begins where such a page ends.
void guard_tensors(int before);

#ifdef __cplusplus
}
#endif
#endif
