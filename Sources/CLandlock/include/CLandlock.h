// Landlock, by which a Linux process gives up rights for good: the calls have no wrappers in libc.
#ifndef CLANDLOCK_H
#define CLANDLOCK_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/// The version of Landlock that the kernel offers; 0 where there is none.
int landlock_version(void);

/// Takes from this thread, and from all that it starts later, the rights to write files, to execute
/// programs, to use TCP, and to reach other processes by signals or abstract sockets.
///
/// Beneath the folders of `writable` files may still be written, made, moved and removed; the files
/// of `devices` may be opened for writing and controlled. Names that are not there are passed over.
/// Returns 0, or an `errno`.
int landlock_confine(const char *const *writable, size_t writable_count,
                     const char *const *devices, size_t device_count);

#ifdef __cplusplus
}
#endif
#endif
