// Landlock, by which a Linux process gives up rights for good: the calls have no wrappers in libc.
#ifndef CLANDLOCK_H
#define CLANDLOCK_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/// The version of Landlock that the kernel offers; 0 where there is none.
int landlock_version(void);

/// What may still be done with a file or beneath a folder.
enum landlock_use {
  /// Files may be written, made, moved and removed.
  LANDLOCK_WRITE,
  /// Devices may be opened for writing and controlled.
  LANDLOCK_CONTROL,
  /// Empty folders may be removed.
  LANDLOCK_REMOVE_FOLDERS,
  /// Empty files may be made, and files moved within their folder and removed.
  LANDLOCK_MOVE_FILES,
};

struct landlock_grant {
  const char *path;
  enum landlock_use use;
};

/// Takes from this thread, and from all that it starts later, the rights to write files, to execute
/// programs, to use TCP, and to reach other processes by signals or abstract sockets, but for what is
/// granted. Names that are not there are passed over; what `listens` may still wait for connections on TCP, and open
/// none. Returns 0, or an `errno`.
int landlock_confine(const struct landlock_grant *grants, size_t count, int listens);

#ifdef __cplusplus
}
#endif
#endif
