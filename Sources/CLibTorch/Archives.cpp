// The zip container of torch.export and torch.save, by libtorch's own reader and writer.
#include <ATen/Functions.h>
#include <caffe2/serialize/inline_container.h>

#include <filesystem>

#include "Boxes.hpp"
#include "Guard.hpp"

using caffe2::serialize::PyTorchStreamReader;
using caffe2::serialize::PyTorchStreamWriter;
using door::boxed;
using door::guarded;

struct ct_reader_box {
  PyTorchStreamReader reader;
  uint64_t limit;  // no record can be longer, packed as tightly as zip can

  explicit ct_reader_box(const char *path)
      : reader(std::string(path)), limit(1032 * std::filesystem::file_size(path)) {}

  size_t size(const char *name) {
    size_t declared = reader.getRecordSize(name);
    TORCH_CHECK(declared <= limit, "a length of ", declared, " bytes is declared for '", name,
                "', more than the file can hold");
    return declared;
  }
};

struct ct_writer_box {
  PyTorchStreamWriter writer;
  explicit ct_writer_box(const char *path) : writer(std::string(path)) {}
};

ct_status ct_reader_open(const char *path, ct_reader *out, char **message) {
  return guarded(message, [&] { *out = new ct_reader_box(path); });
}

void ct_reader_close(ct_reader reader) { delete reader; }

ct_status ct_reader_names(ct_reader reader, char **newline_separated, char **message) {
  return guarded(message, [&] {
    std::string joined;
    for (const auto &name : reader->reader.getAllRecords()) joined += name + "\n";
    *newline_separated = strdup(joined.c_str());
  });
}

ct_status ct_reader_size(ct_reader reader, const char *name, int64_t *size, char **message) {
  return guarded(message, [&] { *size = static_cast<int64_t>(reader->size(name)); });
}

ct_status ct_reader_read(ct_reader reader, const char *name, void *bytes, int64_t byte_count,
                         char **message) {
  return guarded(message, [&] { reader->reader.getRecord(name, bytes, byte_count); });
}

ct_status ct_reader_tensor(ct_reader reader, const char *name, int32_t dtype, const int64_t *sizes,
                           const int64_t *strides, int64_t rank, int64_t offset, ct_tensor *out,
                           char **message) {
  return guarded(message, [&] {
    reader->size(name);
    auto [data, size] = reader->reader.getRecord(name);
    door::check_extent(static_cast<int64_t>(size), dtype, sizes, strides, rank, offset);
    auto type = static_cast<c10::ScalarType>(dtype);
    c10::Storage storage(c10::Storage::use_byte_size_t(), size, std::move(data), nullptr, false);
    at::Tensor tensor = at::empty({0}, type);
    tensor.set_(storage, offset, {sizes, static_cast<size_t>(rank)},
                {strides, static_cast<size_t>(rank)});
    *out = boxed(tensor);
  });
}

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
