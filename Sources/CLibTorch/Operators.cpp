// Any operator by its schema name, through the dispatcher's boxed call.
#include <ATen/ScalarOps.h>
#include <ATen/core/dispatch/Dispatcher.h>
#include <ATen/core/grad_mode.h>

#include "Boxes.hpp"
#include "Guard.hpp"

using door::boxed;
using door::guarded;

struct ct_operator_box {
  c10::OperatorHandle handle;
};

namespace {

// The element type that a list argument must have: `int[2]` and `SymInt[]` give int, `Tensor?[]`
// gives Tensor?.
c10::TypePtr element_of(const c10::TypePtr &type) {
  if (auto optional = type->cast<c10::OptionalType>()) return element_of(optional->getElementType());
  if (auto list = type->cast<c10::ListType>()) return list->getElementType();
  return nullptr;
}

bool wants_double(const c10::TypePtr &type) {
  if (auto optional = type->cast<c10::OptionalType>()) return wants_double(optional->getElementType());
  return type->kind() == c10::TypeKind::FloatType;
}

bool takes_optional_elements(const c10::TypePtr &type) {
  auto element = element_of(type);
  return element && element->kind() == c10::TypeKind::OptionalType;
}

// Whether elements are of any numeric type: `Scalar[]`, `Scalar?[]`.
bool takes_numbers(const c10::TypePtr &element) {
  if (!element) return false;
  if (auto optional = element->cast<c10::OptionalType>())
    return takes_numbers(optional->getElementType());
  return element->kind() == c10::TypeKind::NumberType;
}

c10::IValue integers(const ct_value &value, const c10::Argument &argument) {
  auto element = element_of(argument.type());
  if (takes_numbers(element)) {
    c10::impl::GenericList list(element);
    for (int64_t i = 0; i < value.count; i++) list.push_back(c10::IValue(value.integers[i]));
    return list;
  }
  if (element && element->kind() == c10::TypeKind::FloatType) {
    c10::List<double> list;
    for (int64_t i = 0; i < value.count; i++) list.push_back(static_cast<double>(value.integers[i]));
    return list;
  }
  c10::List<int64_t> list;
  list.reserve(value.count);
  for (int64_t i = 0; i < value.count; i++) list.push_back(value.integers[i]);
  return list;
}

c10::IValue tensors(const ct_value &value, const c10::Argument &argument) {
  if (takes_optional_elements(argument.type())) {
    c10::List<std::optional<at::Tensor>> list;
    for (int64_t i = 0; i < value.count; i++)
      list.push_back(value.tensors[i] ? std::optional(value.tensors[i]->tensor) : std::nullopt);
    return list;
  }
  c10::List<at::Tensor> list;
  for (int64_t i = 0; i < value.count; i++)
    list.push_back(value.tensors[i] ? value.tensors[i]->tensor : at::Tensor());
  return list;
}

bool wants_tensor(const c10::TypePtr &type) {
  if (auto optional = type->cast<c10::OptionalType>()) return wants_tensor(optional->getElementType());
  return type->kind() == c10::TypeKind::TensorType;
}

// A number where a tensor belongs, as in Python's `x + 1`; it gives way to the other's type.
c10::IValue wrapped_number(const ct_value &value) {
  if (value.kind == CT_DOUBLE) return at::native::wrapped_scalar_tensor(value.real);
  if (value.kind == CT_BOOL) return at::native::wrapped_scalar_tensor(value.integer != 0);
  return at::native::wrapped_scalar_tensor(value.integer);
}

bool is_number(ct_kind kind) { return kind == CT_INT || kind == CT_DOUBLE || kind == CT_BOOL; }

c10::IValue unwrapped(const ct_value &value, const c10::Argument &argument) {
  if (is_number(value.kind) && wants_tensor(argument.type())) return wrapped_number(value);
  switch (value.kind) {
    case CT_NONE:
      return argument.type()->kind() == c10::TypeKind::TensorType ? c10::IValue(at::Tensor())
                                                                  : c10::IValue();
    case CT_TENSOR: return value.tensor->tensor;
    case CT_INT: {
      if (wants_double(argument.type())) return static_cast<double>(value.integer);
      // A single number stands for a list of one length: `int[2] stride=1`.
      if (auto element = element_of(argument.type())) {
        int64_t length = argument.N().value_or(1);
        if (element->kind() == c10::TypeKind::FloatType)
          return c10::List<double>(std::initializer_list<double>{static_cast<double>(value.integer)});
        c10::List<int64_t> list;
        for (int64_t i = 0; i < length; i++) list.push_back(value.integer);
        return list;
      }
      return value.integer;
    }
    case CT_DOUBLE: return value.real;
    case CT_BOOL: return value.integer != 0;
    case CT_STRING: return std::string(value.string);
    case CT_DEVICE: return c10::Device(value.string);
    case CT_INTS: return integers(value, argument);
    case CT_DOUBLES: {
      if (auto element = element_of(argument.type()); takes_numbers(element)) {
        c10::impl::GenericList list(element);
        for (int64_t i = 0; i < value.count; i++) list.push_back(c10::IValue(value.reals[i]));
        return list;
      }
      c10::List<double> list;
      for (int64_t i = 0; i < value.count; i++) list.push_back(value.reals[i]);
      return list;
    }
    case CT_BOOLS: {
      c10::List<bool> list;
      for (int64_t i = 0; i < value.count; i++) list.push_back(value.integers[i] != 0);
      return list;
    }
    case CT_TENSORS: return tensors(value, argument);
  }
  TORCH_CHECK(false, "argument '", argument.name(), "' has an unknown kind");
}

ct_value wrapped(const c10::IValue &result) {
  ct_value value{};
  if (result.isTensor()) {
    at::Tensor tensor = result.toTensor();
    if (tensor.defined()) {
      value.kind = CT_TENSOR;
      value.tensor = boxed(tensor);
    }
  } else if (result.isTensorList()) {
    auto list = result.toTensorList();
    value.kind = CT_TENSORS;
    value.count = static_cast<int64_t>(list.size());
    value.tensors = new ct_tensor[list.size()];
    for (size_t i = 0; i < list.size(); i++) value.tensors[i] = boxed(list.get(i));
  } else if (result.isInt()) {
    value.kind = CT_INT;
    value.integer = result.toInt();
  } else if (result.isSymInt()) {
    value.kind = CT_INT;
    value.integer = result.toSymInt().expect_int();
  } else if (result.isDouble()) {
    value.kind = CT_DOUBLE;
    value.real = result.toDouble();
  } else if (result.isBool()) {
    value.kind = CT_BOOL;
    value.integer = result.toBool();
  } else {
    TORCH_CHECK(result.isNone(), "a result of type ", result.tagKind(), " is not understood");
  }
  return value;
}

size_t index_of(const c10::FunctionSchema &schema, const ct_argument &argument, int64_t position) {
  if (!argument.name) return position;
  auto index = schema.argumentIndexWithName(argument.name);
  TORCH_CHECK(index, "there is no argument '", argument.name, "' in ", schema);
  return *index;
}

}  // namespace

ct_status ct_operator_find(const char *name, const char *overload, ct_operator *out,
                           char **message) {
  return guarded(message, [&] {
    auto handle = c10::Dispatcher::singleton().findSchema({name, overload});
    TORCH_CHECK(handle, "no operator of this name is registered");
    *out = new ct_operator_box{*handle};  // operators live as long as the process
  });
}

void ct_operator_aliasing(ct_operator op, int32_t *written, int32_t *viewed) {
  *written = *viewed = -1;
  const auto &schema = op->handle.schema();
  const auto *result = schema.returns().empty() ? nullptr : schema.returns()[0].alias_info();
  for (size_t i = 0; i < schema.arguments().size(); i++) {
    const auto *alias = schema.arguments()[i].alias_info();
    if (!alias) continue;
    if (alias->isWrite() && *written < 0) *written = static_cast<int32_t>(i);
    if (!alias->isWrite() && result && *viewed < 0) *viewed = static_cast<int32_t>(i);
  }
}

char *ct_operator_parameters(ct_operator op) {
  std::string lines;
  for (const auto &argument : op->handle.schema().arguments()) {
    auto type = argument.real_type();
    while (auto optional = type->cast<c10::OptionalType>()) type = optional->getElementType();
    lines += argument.name() + " " + type->str() + "\n";
  }
  return strdup(lines.c_str());
}

char *ct_operator_names(void) {
  std::string lines;
  for (const auto &name : c10::Dispatcher::singleton().getAllOpNames())
    lines += name.name + (name.overload_name.empty() ? "" : "." + name.overload_name) + "\n";
  return strdup(lines.c_str());
}

ct_status ct_operator_call(ct_operator op, const ct_argument *arguments, int64_t count,
                           int32_t tracked, ct_value **results, int64_t *result_count,
                           char **message) {
  return guarded(message, [&] {
    at::AutoGradMode mode(tracked != 0);
    const auto &schema = op->handle.schema();
    size_t length = schema.arguments().size();
    std::vector<c10::IValue> stack(length);
    std::vector<bool> given(length, false);
    for (int64_t i = 0; i < count; i++) {
      size_t index = index_of(schema, arguments[i], i);
      TORCH_CHECK(index < length, "too many arguments for ", schema);
      stack[index] = unwrapped(arguments[i].value, schema.arguments()[index]);
      given[index] = true;
    }
    for (size_t i = 0; i < length; i++) {
      if (given[i]) continue;
      const auto &value = schema.arguments()[i].default_value();
      TORCH_CHECK(value, "argument '", schema.arguments()[i].name(), "' is missing");
      stack[i] = *value;
    }
    op->handle.callBoxed(&stack);
    std::vector<ct_value> values;
    for (const auto &result : stack) values.push_back(wrapped(result));
    *results = new ct_value[values.size()]{};
    *result_count = static_cast<int64_t>(values.size());
    std::copy(values.begin(), values.end(), *results);
  });
}

void ct_values_free(ct_value *values, int64_t count) {
  for (int64_t i = 0; i < count; i++) delete[] values[i].tensors;
  delete[] values;
}
