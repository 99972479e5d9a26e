// Memory that tensors are laid over, and copies of tensors that keep what they share.
#include <ATen/Functions.h>
#include <ATen/core/grad_mode.h>
#include <c10/core/Allocator.h>
#include <c10/core/CPUAllocator.h>

#include <atomic>
#include <map>

#include "Boxes.hpp"
#include "Guard.hpp"

#if defined(__GLIBC__)
#include <malloc.h>
#endif

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

#if defined(__GLIBC__)

// libtorch's own allocator, with a count of what it gave out. glibc tells how long a block is, so a
// block needs no note of its own.
class Bounded final : public c10::Allocator {
 public:
  std::atomic<int64_t> limit{std::numeric_limits<int64_t>::max()};
  std::atomic<int64_t> held{0};

  c10::DataPtr allocate(size_t byte_count) override {
    auto wanted = static_cast<int64_t>(byte_count);
    TORCH_CHECK_WITH(OutOfMemoryError, wanted <= limit - held, "a tensor of ", byte_count,
                     " bytes would pass the limit of ", limit.load(), " for all");
    void *block = base_->allocate(byte_count).release_context();
    if (block) held += static_cast<int64_t>(malloc_usable_size(block));
    return {block, block, &release, c10::Device(c10::DeviceType::CPU)};
  }

  c10::DeleterFnPtr raw_deleter() const override { return &release; }

  void copy_data(void *to, const void *from, std::size_t count) const override {
    default_copy_data(to, from, count);
  }

  static Bounded &one() {
    static Bounded allocator;
    return allocator;
  }

 private:
  c10::Allocator *base_ = c10::GetDefaultCPUAllocator();

  static void release(void *block) {
    if (!block) return;
    one().held -= static_cast<int64_t>(malloc_usable_size(block));
    one().base_->raw_deleter()(block);
  }
};

#endif

}  // namespace

void ct_memory_limit(int64_t byte_count) {
#if defined(__GLIBC__)
  Bounded::one().limit = byte_count;
  // Above the priorities that libtorch's own allocators have.
  c10::SetCPUAllocator(&Bounded::one(), 255);
#endif
}

int64_t ct_memory_held(void) {
#if defined(__GLIBC__)
  return Bounded::one().held;
#else
  return 0;
#endif
}

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
