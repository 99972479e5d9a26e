#include "CBoostMath.h"

#include <limits>

#include <boost/math/distributions/beta.hpp>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>

namespace {

namespace policies = boost::math::policies;

// Domain errors give NaN and overflows infinity, both by value.
using ByValue = policies::policy<
    policies::domain_error<policies::ignore_error>, policies::pole_error<policies::ignore_error>,
    policies::overflow_error<policies::ignore_error>>;
using Normal = boost::math::normal_distribution<double, ByValue>;
using StudentT = boost::math::students_t_distribution<double, ByValue>;
using Beta = boost::math::beta_distribution<double, ByValue>;

// What still throws (an iteration that does not converge) is a NaN for the caller; exceptions end here.
template <class Body> double guarded(Body body) noexcept {
  try {
    return body();
  } catch (...) {
    return std::numeric_limits<double>::quiet_NaN();
  }
}

}  // namespace

using boost::math::complement;

double bm_normal_cdf(double z) {
  return guarded([&] { return cdf(Normal(), z); });
}

double bm_normal_upper(double z) {
  return guarded([&] { return cdf(complement(Normal(), z)); });
}

double bm_normal_upper_quantile(double q) {
  return guarded([&] { return quantile(complement(Normal(), q)); });
}

double bm_student_t_cdf(double t, double degrees) {
  return guarded([&] { return cdf(StudentT(degrees), t); });
}

double bm_student_t_upper(double t, double degrees) {
  return guarded([&] { return cdf(complement(StudentT(degrees), t)); });
}

double bm_student_t_upper_quantile(double q, double degrees) {
  return guarded([&] { return quantile(complement(StudentT(degrees), q)); });
}

double bm_beta_quantile(double p, double a, double b) {
  return guarded([&] { return quantile(Beta(a, b), p); });
}

double bm_beta_upper_quantile(double q, double a, double b) {
  return guarded([&] { return quantile(complement(Beta(a, b), q)); });
}
