#include "CBoostMath.h"

#include <cmath>
#include <limits>

#include <boost/math/distributions/students_t.hpp>

namespace {

// A domain error of Boost.Math is a NaN for the caller; exceptions end here.
template <class Body> double guarded(Body body) noexcept {
  try {
    return body();
  } catch (...) {
    return std::numeric_limits<double>::quiet_NaN();
  }
}

}  // namespace

double bm_student_t_cdf(double t, double degrees) {
  return guarded([&] { return boost::math::cdf(boost::math::students_t(degrees), t); });
}
