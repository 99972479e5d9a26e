// Gradients of recorded operators: one cotangent, or many at once by vectorising the walk.
#include <ATen/functorch/BatchedTensorImpl.h>
#include <ATen/functorch/DynamicLayer.h>
#include <torch/csrc/autograd/autograd.h>

#include "Boxes.hpp"
#include "Guard.hpp"

using door::boxed;
using door::guarded;

namespace {

// While it lives, operators on tensors of its level run for all rows at once.
class Rows {
 public:
  explicit Rows(int64_t count)
      : level(at::functorch::initAndPushDynamicLayer(at::functorch::TransformType::Vmap, count,
                                                     at::functorch::RandomnessType::Error)),
        count(count) {}
  ~Rows() { at::functorch::popDynamicLayerAndDeleteMetadata(); }
  Rows(const Rows &) = delete;

  at::Tensor spread(const at::Tensor &rows) const { return at::functorch::addBatchDim(rows, 0, level); }

  at::Tensor gathered(const at::Tensor &value) const {
    auto *batched = at::functorch::maybeGetBatchedImpl(value);
    if (batched && batched->level() == level) return batched->value().movedim(batched->bdim(), 0);
    std::vector<int64_t> sizes = value.sizes().vec();
    sizes.insert(sizes.begin(), count);
    return value.expand(sizes);
  }

 private:
  int64_t level, count;
};

std::vector<at::Tensor> unboxed(const ct_tensor *boxes, int64_t count) {
  std::vector<at::Tensor> tensors;
  for (int64_t i = 0; i < count; i++) tensors.push_back(boxes[i]->tensor);
  return tensors;
}

}  // namespace

ct_status ct_tensor_leaf(ct_tensor tensor, ct_tensor *out, char **message) {
  return guarded(message, [&] { *out = boxed(tensor->tensor.detach().requires_grad_()); });
}

ct_status ct_tensor_detach(ct_tensor tensor, ct_tensor *out, char **message) {
  return guarded(message, [&] { *out = boxed(tensor->tensor.detach()); });
}

ct_status ct_gradients(ct_tensor output, ct_tensor cotangents, const ct_tensor *inputs,
                       int64_t input_count, int32_t keep_graph, ct_tensor *gradients,
                       char **message) {
  return guarded(message, [&] {
    std::vector<at::Tensor> rows;
    {
      Rows scope(cotangents->tensor.size(0));
      rows = torch::autograd::grad({output->tensor}, unboxed(inputs, input_count),
                                   {scope.spread(cotangents->tensor)}, keep_graph != 0,
                                   /*create_graph=*/false, /*allow_unused=*/true);
      for (auto &row : rows)
        if (row.defined()) row = scope.gathered(row);
    }
    for (int64_t i = 0; i < input_count; i++)
      gradients[i] = rows[i].defined() ? boxed(rows[i].detach()) : nullptr;
  });
}

ct_status ct_gradient(ct_tensor output, ct_tensor cotangent, const ct_tensor *inputs,
                      int64_t input_count, int32_t keep_graph, int32_t record,
                      ct_tensor *gradients, char **message) {
  return guarded(message, [&] {
    auto found = torch::autograd::grad({output->tensor}, unboxed(inputs, input_count),
                                       {cotangent->tensor}, keep_graph != 0 || record != 0,
                                       /*create_graph=*/record != 0, /*allow_unused=*/true);
    for (int64_t i = 0; i < input_count; i++)
      gradients[i] = !found[i].defined() ? nullptr
                     : boxed(record != 0 ? found[i] : found[i].detach());
  });
}
