// Making tensors, asking them, copying them out; threads and devices.
#include <ATen/Context.h>
#include <ATen/ops/empty.h>
#include <ATen/Parallel.h>
#include <torch/headeronly/version.h>

#include "Boxes.hpp"
#include "Guard.hpp"

using door::boxed;
using door::guarded;

void door::check_extent(int64_t byte_count, int32_t dtype, const int64_t *sizes,
                        const int64_t *strides, int64_t rank, int64_t offset) {
  TORCH_CHECK(offset >= 0, "a storage offset of ", offset, " is negative");
  int64_t last = offset, count = 1;
  for (int64_t axis = 0; axis < rank; axis++) {
    TORCH_CHECK(sizes[axis] >= 0 && strides[axis] >= 0, "a size or stride is negative");
    count *= sizes[axis] > 0;
    int64_t reach = 0;
    TORCH_CHECK(!__builtin_mul_overflow(std::max<int64_t>(sizes[axis] - 1, 0), strides[axis], &reach) &&
                    !__builtin_add_overflow(last, reach, &last),
                "the declared sizes overflow");
  }
  int64_t item = c10::elementSize(static_cast<c10::ScalarType>(dtype));
  int64_t needed = 0;
  TORCH_CHECK(count == 0 || (!__builtin_add_overflow(last, 1, &last) &&
                               !__builtin_mul_overflow(last, item, &needed) && needed <= byte_count),
              "the declared sizes need ", needed, " bytes, but the data has ", byte_count);
}

void ct_string_free(char *string) { free(string); }

const char *ct_version(void) { return TORCH_VERSION; }

ct_status ct_threads_set(int32_t count, char **message) {
  return guarded(message, [&] { at::set_num_threads(count); });
}

int32_t ct_threads_count(void) { return at::get_num_threads(); }

int32_t ct_device_count(void) {
  int32_t count = 0;
  char *message = nullptr;
  if (guarded(&message, [&] { count = at::hasCUDA() ? at::detail::getCUDAHooks().deviceCount() : 0; }) != CT_OK)
    free(message);
  return count;
}

ct_status ct_tensor_make(const void *bytes, int64_t byte_count, int32_t dtype, const int64_t *sizes,
                         const int64_t *strides, int64_t rank, int64_t offset, ct_tensor *out,
                         char **message) {
  return guarded(message, [&] {
    door::check_extent(byte_count, dtype, sizes, strides, rank, offset);
    auto type = static_cast<c10::ScalarType>(dtype);
    at::Tensor flat = at::empty({byte_count / static_cast<int64_t>(c10::elementSize(type))}, type);
    std::memcpy(flat.data_ptr(), bytes, flat.nbytes());
    *out = boxed(flat.as_strided({sizes, static_cast<size_t>(rank)},
                                 {strides, static_cast<size_t>(rank)}, offset));
  });
}

void ct_tensor_release(ct_tensor tensor) { delete tensor; }

int32_t ct_tensor_dtype(ct_tensor tensor) { return static_cast<int32_t>(tensor->tensor.scalar_type()); }

int64_t ct_tensor_rank(ct_tensor tensor) { return tensor->tensor.dim(); }

void ct_tensor_sizes(ct_tensor tensor, int64_t *sizes) {
  for (int64_t size : tensor->tensor.sizes()) *sizes++ = size;
}

int32_t ct_tensor_is_recorded(ct_tensor tensor) { return tensor->tensor.requires_grad(); }

int32_t ct_tensor_cuda_index(ct_tensor tensor) {
  return tensor->tensor.is_cuda() ? tensor->tensor.get_device() : -1;
}

ct_status ct_tensor_read(ct_tensor tensor, void *bytes, int64_t byte_count, char **message) {
  return guarded(message, [&] {
    at::Tensor plain = tensor->tensor.detach().cpu().resolve_conj().resolve_neg().contiguous();
    TORCH_CHECK(static_cast<int64_t>(plain.nbytes()) == byte_count, "the tensor has ",
                plain.nbytes(), " bytes, not ", byte_count);
    std::memcpy(bytes, plain.data_ptr(), byte_count);
  });
}
