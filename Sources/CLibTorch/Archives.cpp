// The zip container of torch.export and torch.save, by libtorch's own writer.
#include <caffe2/serialize/inline_container.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <utility>

#include "CLibTorch.h"
#include "Guard.hpp"

using caffe2::serialize::PyTorchStreamWriter;
using door::guarded;

struct ct_writer_box {
  FILE *file;
  PyTorchStreamWriter writer;

  // Given a path, PyTorch's writer would name the archive's folder after the file, and a file that is
  // still being written has the process's number in its name: equal networks must have equal bytes.
  explicit ct_writer_box(const char *path)
      : file(opened(path)),
        writer([this](const void *bytes, size_t count) { return fwrite(bytes, 1, count, file); }) {}

  ct_writer_box(const ct_writer_box &) = delete;

  void finish() {
    writer.writeEndOfFile();
    int failed = fclose(std::exchange(file, nullptr));
    TORCH_CHECK(!failed, "the file could not be closed: ", strerror(errno));
  }

 private:
  static FILE *opened(const char *path) {
    FILE *file = fopen(path, "wb");
    TORCH_CHECK(file, "the file could not be made: ", strerror(errno));
    return file;
  }
};

ct_status ct_writer_open(const char *path, ct_writer *out, char **message) {
  return guarded(message, [&] { *out = new ct_writer_box(path); });
}

ct_status ct_writer_add(ct_writer writer, const char *name, const void *bytes, int64_t byte_count,
                        char **message) {
  return guarded(message, [&] { writer->writer.writeRecord(name, bytes, byte_count); });
}

ct_status ct_writer_close(ct_writer writer, char **message) {
  ct_status status = guarded(message, [&] { writer->finish(); });
  FILE *left = writer->file;
  delete writer;
  if (left) fclose(left);
  return status;
}
