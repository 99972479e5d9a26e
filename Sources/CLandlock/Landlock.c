#define _GNU_SOURCE
#include "CLandlock.h"

#include <errno.h>

#ifdef __linux__

#include <fcntl.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

// The kernel's numbers (include/uapi/linux/landlock.h); headers of older systems lack the later.
enum {
  EXECUTE = 1 << 0,
  WRITE_FILE = 1 << 1,
  REMOVE_DIR = 1 << 4,
  REMOVE_FILE = 1 << 5,
  MAKE_CHAR = 1 << 6,
  MAKE_DIR = 1 << 7,
  MAKE_REG = 1 << 8,
  MAKE_SOCK = 1 << 9,
  MAKE_FIFO = 1 << 10,
  MAKE_BLOCK = 1 << 11,
  MAKE_SYM = 1 << 12,
  REFER = 1 << 13,      // version 2
  TRUNCATE = 1 << 14,   // version 3
  IOCTL_DEVICE = 1 << 15, // version 5
  NET_BIND_TCP = 1 << 0,  // version 4
  NET_CONNECT_TCP = 1 << 1,
  SCOPE_ABSTRACT_SOCKET = 1 << 0, // version 6
  SCOPE_SIGNAL = 1 << 1,
  RULE_PATH_BENEATH = 1,
  CREATE_RULESET_VERSION = 1,
};

struct ruleset {
  uint64_t files;
  uint64_t net;    // version 4
  uint64_t scopes; // version 6
};

struct __attribute__((packed)) path_beneath {
  uint64_t allowed;
  int32_t parent;
};

#ifndef SYS_landlock_create_ruleset
#define SYS_landlock_create_ruleset 444
#define SYS_landlock_add_rule 445
#define SYS_landlock_restrict_self 446
#endif

int landlock_version(void) {
  long version = syscall(SYS_landlock_create_ruleset, NULL, 0, CREATE_RULESET_VERSION);
  return version < 0 ? 0 : (int)version;
}

static int allow(int ruleset, const char *path, uint64_t rights) {
  struct path_beneath rule = {.allowed = rights, .parent = open(path, O_PATH | O_CLOEXEC)};
  if (rule.parent < 0) return 0;
  struct stat status;
  // Rights on what lies beneath are refused for a file, and so is a rule without any.
  if (fstat(rule.parent, &status) == 0 && !S_ISDIR(status.st_mode))
    rule.allowed &= WRITE_FILE | TRUNCATE | IOCTL_DEVICE;
  if (rule.allowed == 0) {
    close(rule.parent);
    return 0;
  }
  int failed = (int)syscall(SYS_landlock_add_rule, ruleset, RULE_PATH_BENEATH, &rule, 0);
  int fault = failed ? errno : 0;
  close(rule.parent);
  return fault;
}

int landlock_confine(const struct landlock_grant *grants, size_t count, int listens) {
  int version = landlock_version();
  if (version == 0) return ENOSYS;
  uint64_t writing = WRITE_FILE | REMOVE_DIR | REMOVE_FILE | MAKE_DIR | MAKE_REG | MAKE_SYM;
  if (version >= 2) writing |= REFER;
  if (version >= 3) writing |= TRUNCATE;
  uint64_t controlling = WRITE_FILE;
  if (version >= 3) controlling |= TRUNCATE;
  if (version >= 5) controlling |= IOCTL_DEVICE;
  struct ruleset rules = {
      .files = writing | controlling | EXECUTE | MAKE_CHAR | MAKE_SOCK | MAKE_FIFO | MAKE_BLOCK};
  if (version >= 4) rules.net = listens ? NET_CONNECT_TCP : NET_BIND_TCP | NET_CONNECT_TCP;
  if (version >= 6) rules.scopes = SCOPE_ABSTRACT_SOCKET | SCOPE_SIGNAL;
  size_t size = version >= 6 ? 24 : version >= 4 ? 16 : 8;
  int ruleset = (int)syscall(SYS_landlock_create_ruleset, &rules, size, 0);
  if (ruleset < 0) return errno;
  int fault = 0;
  uint64_t rights[] = {
      [LANDLOCK_WRITE] = writing,
      [LANDLOCK_CONTROL] = controlling,
      [LANDLOCK_REMOVE_FOLDERS] = REMOVE_DIR,
      [LANDLOCK_MOVE_FILES] = MAKE_REG | REMOVE_FILE,
  };
  for (size_t i = 0; i < count && !fault; i++)
    fault = allow(ruleset, grants[i].path, rights[grants[i].use]);
  if (!fault && prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)) fault = errno;
  if (!fault && syscall(SYS_landlock_restrict_self, ruleset, 0)) fault = errno;
  close(ruleset);
  return fault;
}

#else

int landlock_version(void) { return 0; }

int landlock_confine(const struct landlock_grant *grants, size_t count, int listens) {
  (void)grants, (void)count, (void)listens;
  return ENOSYS;
}

#endif
