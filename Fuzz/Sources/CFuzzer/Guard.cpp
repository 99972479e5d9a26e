#include <c10/core/Allocator.h>
#include <c10/core/CPUAllocator.h>
#include <sys/mman.h>

#include <cstring>
#include <mutex>
#include <unordered_map>

#include "CFuzzer.h"

namespace {

constexpr size_t page = 4096;
// libtorch's vector instructions want their tensors aligned, but for the last bytes.
constexpr size_t alignment = 16;

class Guarded final : public c10::Allocator {
 public:
  bool before = false;

  c10::DataPtr allocate(size_t count) override {
    TORCH_CHECK_WITH(OutOfMemoryError, count < (size_t(1) << 28), "more than the fuzzer has");
    size_t length = (count + alignment - 1) / alignment * alignment;
    size_t pages = (length + page - 1) / page + 2;
    auto *base = static_cast<char *>(
        mmap(nullptr, pages * page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
    TORCH_CHECK_WITH(OutOfMemoryError, base != MAP_FAILED, "no pages are left");
    mprotect(base, page, PROT_NONE);
    mprotect(base + (pages - 1) * page, page, PROT_NONE);
    char *block = before ? base + page : base + (pages - 1) * page - length;
    {
      std::lock_guard<std::mutex> hold(lock_);
      blocks_[block] = {base, pages * page};
    }
    return {block, block, &release, c10::Device(c10::DeviceType::CPU)};
  }

  c10::DeleterFnPtr raw_deleter() const override { return &release; }

  void copy_data(void *to, const void *from, std::size_t count) const override {
    std::memcpy(to, from, count);
  }

  static Guarded &one() {
    static Guarded allocator;
    return allocator;
  }

 private:
  std::mutex lock_;
  std::unordered_map<void *, std::pair<void *, size_t>> blocks_;

  static void release(void *block) {
    std::pair<void *, size_t> pages;
    {
      std::lock_guard<std::mutex> hold(one().lock_);
      pages = one().blocks_[block];
      one().blocks_.erase(block);
    }
    munmap(pages.first, pages.second);
  }
};

}  // namespace

void guard_tensors(int before) {
  Guarded::one().before = before != 0;
  c10::SetCPUAllocator(&Guarded::one(), 254);
}
