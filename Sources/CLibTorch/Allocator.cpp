// Where tensors on the processor lie: large blocks are counted, and kept for the tensors that follow.
//
// Until there is a limit, all blocks are glibc's, as libtorch's own are.
//
// glibc's heap falls to pieces where blocks of ever other sizes come and go beside small ones that stay, as on
// deletion curves, and other threads' heaps are handed back and faulted in again at every pass. A block
// of its own from the system does neither.
#include <c10/core/CPUAllocator.h>
#include <c10/util/Exception.h>
#include <sys/mman.h>

#include <algorithm>
#include <atomic>
#include <bit>
#include <cstdlib>
#include <mutex>
#include <utility>
#include <vector>

#include "CLibTorch.h"

namespace {

// What lies before every tensor; as long as tensors are aligned.
struct alignas(64) Header {
  size_t capacity;  // of the block with its header; 0 for a small one
};

// Smaller blocks are glibc's.
constexpr size_t large = 64 << 10;

// What was refused last on this thread: bytes wanted, in use then, and the most there may be.
struct Refusal {
  int64_t wanted, used, limit;
};
thread_local Refusal refusal = {};

// What may lie idle beyond what was in use at once: a pass goes through blocks of many sizes, and the one
// that is handed back first is the one that the next pass asks for first, and faults in again.
constexpr int64_t spare = 128 << 20;

// A size that other sizes share, at most an eighth larger.
size_t rounded(size_t size) {
  size_t step = std::max<size_t>(std::bit_floor(size) / 8, 4096);
  return (size + step - 1) / step * step;
}

class Blocks final : public c10::Allocator {
 public:
  void limit(int64_t bytes) {
    std::lock_guard lock(mutex);
    most = bytes;
    limited = true;
    evict(0);
  }

  void state(int64_t *used, int64_t *peak, int64_t *limit) {
    std::lock_guard lock(mutex);
    *used = live;
    *peak = highest;
    *limit = most;
  }

  void forget_peak() {
    std::lock_guard lock(mutex);
    highest = live;
  }

  c10::DataPtr allocate(size_t size) override {
    c10::Device cpu(c10::DeviceType::CPU);
    if (size == 0) return {nullptr, cpu};
    Header *header = size < large || !limited ? small(size) : block(size);
    void *data = header + 1;
    return {data, data, &release, cpu};
  }

  c10::DeleterFnPtr raw_deleter() const override { return &release; }

  void copy_data(void *to, const void *from, size_t count) const override {
    default_copy_data(to, from, count);
  }

  static Blocks &shared() {
    // Never destroyed: tensors may outlive whatever is.
    static Blocks *blocks = new Blocks;
    return *blocks;
  }

 private:
  std::mutex mutex;
  std::atomic<bool> limited = false;  // until then all blocks are glibc's
  std::vector<Header *> kept;  // free blocks, the one that was freed first in front
  int64_t live = 0, idle = 0, highest = 0;
  int64_t most = INT64_MAX;

  [[noreturn]] static void refuse(size_t size, int64_t used = 0, int64_t limit = 0) {
    refusal = {static_cast<int64_t>(std::min<size_t>(size, INT64_MAX)), used, limit};
    throw c10::OutOfMemoryError({__func__, __FILE__, __LINE__}, "not enough memory");
  }

  static Header *small(size_t size) {
    if (size > SIZE_MAX / 4) refuse(size);
    void *memory = nullptr;
    if (posix_memalign(&memory, alignof(Header), size + sizeof(Header)) != 0) refuse(size);
    return new (memory) Header{0};
  }

  Header *block(size_t size) {
    // Further than a tensor can be, and sums with it would overflow.
    if (size > SIZE_MAX / 4) refuse(size, live, most);
    size_t capacity = rounded(size + sizeof(Header));
    std::lock_guard lock(mutex);
    Header *found = take(capacity);
    if (!found) found = map(capacity, size);
    live += found->capacity;
    highest = std::max(highest, live);
    return found;
  }

  // The smallest free block that is not much too large.
  Header *take(size_t capacity) {
    auto best = kept.end();
    for (auto it = kept.begin(); it != kept.end(); ++it) {
      size_t own = (*it)->capacity;
      if (own >= capacity && own <= capacity + capacity / 2 && (best == kept.end() || own < (*best)->capacity))
        best = it;
    }
    if (best == kept.end()) return nullptr;
    Header *found = *best;
    kept.erase(best);
    idle -= found->capacity;
    return found;
  }

  Header *map(size_t capacity, size_t size) {
    if (static_cast<int64_t>(capacity) > most - live) refuse(size, live, most);
    evict(capacity);
    void *memory = mmap(nullptr, capacity, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED) refuse(size);
    return new (memory) Header{capacity};
  }

  // Hands free blocks back until `coming` bytes more are within the limit, and no more lie idle than
  // may beyond what was ever in use.
  void evict(size_t coming) {
    size_t gone = 0;
    while (gone < kept.size() &&
           (idle > highest + spare || idle > most - live - static_cast<int64_t>(coming))) {
      Header *oldest = kept[gone++];
      idle -= oldest->capacity;
      munmap(oldest, oldest->capacity);
    }
    kept.erase(kept.begin(), kept.begin() + gone);
  }

  void put(Header *block) {
    std::lock_guard lock(mutex);
    live -= block->capacity;
    idle += block->capacity;
    kept.push_back(block);
    evict(0);
  }

  static void release(void *data) {
    if (!data) return;
    Header *header = static_cast<Header *>(data) - 1;
    if (header->capacity == 0) return free(header);
    shared().put(header);
  }
};

// In its place before the program runs: libtorch hands scratch memory back to the allocator of that moment, so one
// that takes its place while anything is computed frees what the other one made.
[[maybe_unused]] const bool installed = (c10::SetCPUAllocator(&Blocks::shared(), 100), true);

}  // namespace

void ct_memory_limit(int64_t bytes) { Blocks::shared().limit(bytes); }

void ct_memory_state(int64_t *used, int64_t *peak, int64_t *limit) { Blocks::shared().state(used, peak, limit); }

void ct_memory_forget_peak(void) { Blocks::shared().forget_peak(); }

void ct_memory_refusal(int64_t *wanted, int64_t *used, int64_t *limit) {
  Refusal last = std::exchange(refusal, {});
  *wanted = last.wanted;
  *used = last.used;
  *limit = last.limit;
}
