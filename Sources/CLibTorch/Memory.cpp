// Memory that tensors are laid over, and copies of tensors that keep what they share.
#include <ATen/ops/empty.h>
#include <ATen/core/grad_mode.h>

#include <map>

#include "Boxes.hpp"
#include "Guard.hpp"

using door::boxed;
using door::guarded;

namespace {

// All of the memory behind a tensor, copied, as one row of the tensor's element type. It counts as
// recorded: a write of something recorded to a view of it would leave its other views behind.
at::Tensor copied_memory(const at::Tensor &tensor) {
  const auto &storage = tensor.storage();
  auto count = static_cast<int64_t>(storage.nbytes() / tensor.element_size());
  at::Tensor row = at::empty({0}, tensor.options()).set_(storage, 0, {count}, {1});
  if (at::isFloatingType(row.scalar_type())) row.requires_grad_();
  return row.clone();
}

}  // namespace

ct_status ct_memory_make(int64_t byte_count, void **bytes, ct_tensor *out, char **message) {
  return guarded(message, [&] {
    at::Tensor memory = at::empty({byte_count}, at::kByte);
    *bytes = memory.data_ptr();
    *out = boxed(memory);
  });
}

ct_status ct_memory_view(ct_tensor memory, int32_t dtype, const int64_t *sizes,
                         const int64_t *strides, int64_t rank, int64_t offset, ct_tensor *out,
                         char **message) {
  return guarded(message, [&] {
    const auto &storage = memory->tensor.storage();
    door::check_extent(static_cast<int64_t>(storage.nbytes()), dtype, sizes, strides, rank, offset);
    at::Tensor tensor = at::empty({0}, static_cast<c10::ScalarType>(dtype));
    tensor.set_(storage, offset, {sizes, static_cast<size_t>(rank)},
                {strides, static_cast<size_t>(rank)});
    *out = boxed(tensor);
  });
}

ct_status ct_tensors_fork(const ct_tensor *tensors, int64_t count, ct_tensor *copies,
                          char **message) {
  return guarded(message, [&] {
    // A view that was made without recording may not be written to while recording.
    at::AutoGradMode recording(true);
    std::map<const void *, at::Tensor> memories;
    std::vector<at::Tensor> made;
    for (int64_t i = 0; i < count; i++) {
      at::Tensor tensor = tensors[i]->tensor.detach();
      auto &memory = memories[tensor.storage().unsafeGetStorageImpl()];
      if (!memory.defined()) memory = copied_memory(tensor);
      at::Tensor row = memory.scalar_type() == tensor.scalar_type() ? memory : memory.view(tensor.scalar_type());
      made.push_back(row.as_strided(tensor.sizes(), tensor.strides(), tensor.storage_offset()));
    }
    for (int64_t i = 0; i < count; i++) copies[i] = boxed(made[i]);
  });
}
