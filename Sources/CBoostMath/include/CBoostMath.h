// The distributions that statistics need, from Boost.Math. Numbers that lie outside of a function's
// domain give NaN; nothing throws.
#pragma once

#ifdef __cplusplus
extern "C" {
#endif

/// P(T ≤ t) for Student's t distribution; `degrees` > 0.
double bm_student_t_cdf(double t, double degrees);

#ifdef __cplusplus
}
#endif
