// The distributions that statistics need, from Boost.Math. What lies outside of a function's domain
// gives NaN, what is too large to say infinity; nothing throws. `…_upper` are complements, exact where
// 1 − p would round to 0.
#pragma once

#ifdef __cplusplus
extern "C" {
#endif

/// P(Z ≤ z) and P(Z > z) for the standard normal distribution.
double bm_normal_cdf(double z);
double bm_normal_upper(double z);
/// The z with P(Z > z) = q, 0 ≤ q ≤ 1.
double bm_normal_upper_quantile(double q);

/// P(T ≤ t) and P(T > t) for Student's t distribution; `degrees` > 0.
double bm_student_t_cdf(double t, double degrees);
double bm_student_t_upper(double t, double degrees);
/// The t with P(T > t) = q, 0 ≤ q ≤ 1; `degrees` > 0.
double bm_student_t_upper_quantile(double q, double degrees);

/// The x with P(X ≤ x) = p, and with P(X > x) = q, for the beta distribution; `a`, `b` > 0.
double bm_beta_quantile(double p, double a, double b);
double bm_beta_upper_quantile(double q, double a, double b);

#ifdef __cplusplus
}
#endif
