// What stands behind the header's opaque pointers.
#pragma once

#include <ATen/core/Tensor.h>

#include "CLibTorch.h"

struct ct_tensor_box {
  at::Tensor tensor;
};

namespace door {

inline ct_tensor boxed(at::Tensor tensor) { return new ct_tensor_box{std::move(tensor)}; }

// Throws where a view of the given form would read past the end of byte_count bytes.
void check_extent(int64_t byte_count, int32_t dtype, const int64_t *sizes, const int64_t *strides,
                  int64_t rank, int64_t offset);

}  // namespace door
