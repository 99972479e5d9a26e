// The one door into libtorch. Swift sees these functions and nothing of C++.
//
// Ownership: every ct_tensor that a function hands out is released by ct_tensor_release, every
// message by ct_string_free, every result list by ct_values_free. Arguments are only borrowed.
// Errors: a function that can fail returns a ct_status; where that is not CT_OK, *message holds
// libtorch's own words. No exception leaves the door.
#ifndef CLIBTORCH_H
#define CLIBTORCH_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum ct_status { CT_OK = 0, CT_MEMORY, CT_TORCH, CT_OTHER } ct_status;

typedef struct ct_tensor_box *ct_tensor;
typedef const struct ct_operator_box *ct_operator;
typedef struct ct_writer_box *ct_writer;

typedef enum ct_kind {
  CT_NONE = 0,
  CT_TENSOR,
  CT_INT,
  CT_DOUBLE,
  CT_BOOL,
  CT_STRING,
  CT_DEVICE,
  CT_INTS,
  CT_DOUBLES,
  CT_BOOLS,
  CT_TENSORS,  // an element may be NULL where the operator takes optional tensors
} ct_kind;

// One argument or result of an operator. Lists have `count` elements at the pointer of their kind.
typedef struct ct_value {
  ct_kind kind;
  int64_t count;
  int64_t integer;         // CT_INT, CT_BOOL
  double real;             // CT_DOUBLE
  ct_tensor tensor;        // CT_TENSOR
  const char *string;      // CT_STRING, CT_DEVICE
  const int64_t *integers; // CT_INTS, CT_BOOLS
  const double *reals;     // CT_DOUBLES
  ct_tensor *tensors;      // CT_TENSORS
} ct_value;

typedef struct ct_argument {
  const char *name; // of the operator's schema; NULL: by position
  ct_value value;
} ct_argument;

// Strings and process
void ct_string_free(char *string);
const char *ct_version(void);
ct_status ct_threads_set(int32_t count, char **message);

int32_t ct_threads_count(void); // how many one operator may use
int32_t ct_device_count(void); // CUDA devices that can be used

// Memory of tensors on the processor, from the first limit on: blocks are counted, kept for the next tensor,
// and refused with CT_MEMORY where more than `bytes` would be in use.
void ct_memory_limit(int64_t bytes);
void ct_memory_state(int64_t *used, int64_t *peak, int64_t *limit);
void ct_memory_forget_peak(void);
// What this thread was refused last: bytes wanted, in use then, and the limit, which is 0 where the system refused.
void ct_memory_refusal(int64_t *wanted, int64_t *used, int64_t *limit);

// Tensors. dtype is c10::ScalarType; a device is written "cpu", "cuda:0".
ct_status ct_tensor_make(const void *bytes, int64_t byte_count, int32_t dtype, const int64_t *sizes,
                         const int64_t *strides, int64_t rank, int64_t offset, ct_tensor *out,
                         char **message);
// Memory to be filled through *bytes before it is used, as a tensor of bytes.
ct_status ct_memory_make(int64_t byte_count, void **bytes, ct_tensor *out, char **message);
// A tensor over memory that ct_memory_make made, which is not copied.
ct_status ct_memory_view(ct_tensor memory, int32_t dtype, const int64_t *sizes,
                         const int64_t *strides, int64_t rank, int64_t offset, ct_tensor *out,
                         char **message);
void ct_tensor_release(ct_tensor tensor);
int32_t ct_tensor_dtype(ct_tensor tensor);
int64_t ct_tensor_rank(ct_tensor tensor);
void ct_tensor_sizes(ct_tensor tensor, int64_t *sizes);
int32_t ct_tensor_is_recorded(ct_tensor tensor); // whether gradients can be asked of it
int32_t ct_tensor_cuda_index(ct_tensor tensor); // -1 on the CPU
ct_status ct_tensor_read(ct_tensor tensor, void *bytes, int64_t byte_count, char **message);

// Operators, by schema name ("aten::conv2d") and overload ("" for the default one).
ct_status ct_operator_find(const char *name, const char *overload, ct_operator *out, char **message);
// Index of the argument written to, and of the one that the first result is a view of; or -1.
void ct_operator_aliasing(ct_operator op, int32_t *written, int32_t *viewed);
// "NAME TYPE" of each argument of the schema, a line each; an optional type without its `?`.
char *ct_operator_parameters(ct_operator op);
// Name and overload of every operator that is registered, a line each.
char *ct_operator_names(void);
// Calls through the dispatcher; arguments left out take the schema's defaults. `tracked` records
// the call for gradients. The results are `count` values in one allocation.
ct_status ct_operator_call(ct_operator op, const ct_argument *arguments, int64_t count,
                           int32_t tracked, ct_value **results, int64_t *result_count,
                           char **message);
void ct_values_free(ct_value *values, int64_t count);

// Copies tensors such that those that share memory share it again; each copy is a view of the new
// memory, through which an operator may write with or without recording.
ct_status ct_tensors_fork(const ct_tensor *tensors, int64_t count, ct_tensor *copies,
                          char **message);

// Gradients. A leaf is a new tensor over the same data at which recording starts.
ct_status ct_tensor_leaf(ct_tensor tensor, ct_tensor *out, char **message);
ct_status ct_tensor_detach(ct_tensor tensor, ct_tensor *out, char **message);
// Gradient of output with respect to each input, for every row of cotangents ([rows] + output's
// shape), as [rows] + input's shape, from one walk over the recorded graph. An input that the
// output does not depend on gives NULL.
ct_status ct_gradients(ct_tensor output, ct_tensor cotangents, const ct_tensor *inputs,
                       int64_t input_count, int32_t keep_graph, ct_tensor *gradients,
                       char **message);
// The same for one cotangent of the output's shape, without a row axis; where record is not 0 the
// walk is recorded, so that its gradients have gradients.
ct_status ct_gradient(ct_tensor output, ct_tensor cotangent, const ct_tensor *inputs,
                      int64_t input_count, int32_t keep_graph, int32_t record,
                      ct_tensor *gradients, char **message);

// Archives: the zip container of torch.export and torch.save, as PyTorch writes it.
ct_status ct_writer_open(const char *path, ct_writer *out, char **message);
ct_status ct_writer_add(ct_writer writer, const char *name, const void *bytes, int64_t byte_count,
                        char **message);
ct_status ct_writer_close(ct_writer writer, char **message); // finishes the archive and frees

#ifdef __cplusplus
}
#endif
#endif
