// The zip container of torch.export and torch.save, by libtorch's own writer.
#include <caffe2/serialize/inline_container.h>

#include "CLibTorch.h"
#include "Guard.hpp"

using caffe2::serialize::PyTorchStreamWriter;
using door::guarded;

struct ct_writer_box {
  PyTorchStreamWriter writer;
  explicit ct_writer_box(const char *path) : writer(std::string(path)) {}
};

ct_status ct_writer_open(const char *path, ct_writer *out, char **message) {
  return guarded(message, [&] { *out = new ct_writer_box(path); });
}

ct_status ct_writer_add(ct_writer writer, const char *name, const void *bytes, int64_t byte_count,
                        char **message) {
  return guarded(message, [&] { writer->writer.writeRecord(name, bytes, byte_count); });
}

ct_status ct_writer_close(ct_writer writer, char **message) {
  ct_status status = guarded(message, [&] { writer->writer.writeEndOfFile(); });
  delete writer;
  return status;
}
