// The one place that catches: whatever libtorch throws becomes a status and a message.
#pragma once

#include <c10/util/Exception.h>

#include <cstring>
#include <new>

#include "CLibTorch.h"

namespace door {

// libtorch's warnings (slow paths, deprecations) ask for nothing that a caller here could do.
inline c10::WarningHandler *silence() {
  struct Silent : c10::WarningHandler {
    void process(const c10::Warning &) override {}
  };
  static Silent silent;
  return &silent;
}

template <class Body>
ct_status guarded(char **message, Body body) noexcept {
  try {
    c10::WarningUtils::WarningHandlerGuard quiet(silence());
    body();
    return CT_OK;
  } catch (const c10::OutOfMemoryError &error) {
    *message = strdup(error.what_without_backtrace());
    return CT_MEMORY;
  } catch (const std::bad_alloc &error) {
    *message = strdup(error.what());
    return CT_MEMORY;
  } catch (const c10::Error &error) {
    *message = strdup(error.what_without_backtrace());
    return CT_TORCH;
  } catch (const std::exception &error) {
    *message = strdup(error.what());
    return CT_OTHER;
  } catch (...) {
    *message = strdup("an exception of no known type");
    return CT_OTHER;
  }
}

}  // namespace door
