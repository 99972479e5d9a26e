extension AllowedOperators {
  /// What computes numbers from numbers.
  static let numbers: [OperatorFamily] = [
    OperatorFamily(
      "Arithmetic",
      """
      abs abs_ absolute absolute_ add.Scalar add.Tensor add_.Scalar add_.Tensor addcdiv addcdiv_
      addcmul addcmul_ div.Scalar div.Scalar_mode div.Tensor div.Tensor_mode div_.Scalar
      div_.Scalar_mode div_.Tensor div_.Tensor_mode divide.Scalar divide.Scalar_mode divide.Tensor
      divide.Tensor_mode divide_.Scalar divide_.Scalar_mode divide_.Tensor divide_.Tensor_mode
      true_divide.Scalar true_divide.Tensor true_divide_.Scalar true_divide_.Tensor floor_divide
      floor_divide.Scalar floor_divide_.Scalar floor_divide_.Tensor fmod.Scalar fmod.Tensor
      fmod_.Scalar fmod_.Tensor remainder.Scalar remainder.Scalar_Tensor remainder.Tensor
      remainder_.Scalar remainder_.Tensor mul.Scalar mul.Tensor mul_.Scalar mul_.Tensor
      multiply.Scalar multiply.Tensor multiply_.Scalar multiply_.Tensor sub.Scalar sub.Tensor
      sub_.Scalar sub_.Tensor subtract.Scalar subtract.Tensor subtract_.Scalar subtract_.Tensor
      rsub.Scalar rsub.Tensor neg neg_ negative negative_ positive reciprocal reciprocal_
      pow.Scalar pow.Tensor_Scalar pow.Tensor_Tensor pow_.Scalar pow_.Tensor float_power.Scalar
      float_power.Tensor_Scalar float_power.Tensor_Tensor float_power_.Scalar float_power_.Tensor
      square square_ sqrt sqrt_ rsqrt rsqrt_ sign sign_ sgn sgn_ signbit copysign.Scalar
      copysign.Tensor copysign_.Scalar copysign_.Tensor hypot hypot_ ldexp.Tensor ldexp_
      frexp.Tensor lerp.Scalar lerp.Tensor lerp_.Scalar lerp_.Tensor frac frac_ trunc trunc_ fix
      fix_ floor floor_ ceil ceil_ round round.decimals round_ round_.decimals clamp clamp.Tensor
      clamp_ clamp_.Tensor clamp_min clamp_min.Tensor clamp_min_ clamp_min_.Tensor clamp_max
      clamp_max.Tensor clamp_max_ clamp_max_.Tensor clip clip.Tensor clip_ clip_.Tensor nan_to_num
      nan_to_num_ maximum minimum fmax fmin heaviside heaviside_ gcd gcd_ lcm lcm_ nextafter
      nextafter_
      """),
    OperatorFamily(
      "Exponentials, angles and special functions",
      """
      exp exp_ exp2 exp2_ expm1 expm1_ log log_ log10 log10_ log1p log1p_ log2 log2_ logaddexp
      logaddexp2 xlogy.Scalar_Other xlogy.Scalar_Self xlogy.Tensor xlogy_.Scalar_Other
      xlogy_.Tensor sin sin_ cos cos_ tan tan_ asin asin_ acos acos_ atan atan_ atan2 atan2_ sinh
      sinh_ cosh cosh_ tanh tanh_ asinh asinh_ acosh acosh_ atanh atanh_ arcsin arcsin_ arccos
      arccos_ arctan arctan_ arctan2 arctan2_ arcsinh arcsinh_ arccosh arccosh_ arctanh arctanh_
      sinc sinc_ deg2rad deg2rad_ rad2deg rad2deg_ erf erf_ erfc erfc_ erfinv erfinv_ lgamma
      lgamma_ digamma digamma_ polygamma polygamma_ mvlgamma mvlgamma_ i0 i0_ igamma igamma_
      igammac igammac_ special_digamma special_entr special_erf special_erfc special_erfcx
      special_erfinv special_exp2 special_expit special_expm1 special_gammainc special_gammaincc
      special_gammaln special_i0 special_i0e special_i1 special_i1e special_log1p special_log_ndtr
      special_logit special_logsumexp special_multigammaln special_ndtr special_ndtri
      special_polygamma special_psi special_round special_sinc special_xlog1py
      special_xlog1py.other_scalar special_xlog1py.self_scalar special_xlogy
      special_xlogy.other_scalar special_xlogy.self_scalar special_log_softmax special_softmax
      special_bessel_j0 special_bessel_j1 special_bessel_y0 special_bessel_y1 special_airy_ai
      special_zeta special_zeta.other_scalar special_zeta.self_scalar special_modified_bessel_i0
      special_modified_bessel_i1 special_modified_bessel_k0 special_modified_bessel_k1
      special_scaled_modified_bessel_k0 special_scaled_modified_bessel_k1
      special_spherical_bessel_j0
      """),
    OperatorFamily(
      "Complex numbers",
      """
      complex polar real imag angle conj _conj conj_physical conj_physical_ _conj_physical
      resolve_conj resolve_neg _neg_view _conj_copy _neg_view_copy view_as_real view_as_complex
      view_as_real_copy view_as_complex_copy chalf
      """),
    OperatorFamily(
      "Comparisons and logic",
      """
      eq.Scalar eq.Tensor eq_.Scalar eq_.Tensor ne.Scalar ne.Tensor ne_.Scalar ne_.Tensor
      lt.Scalar lt.Tensor lt_.Scalar lt_.Tensor le.Scalar le.Tensor le_.Scalar le_.Tensor
      gt.Scalar gt.Tensor gt_.Scalar gt_.Tensor ge.Scalar ge.Tensor ge_.Scalar ge_.Tensor
      not_equal.Scalar not_equal.Tensor not_equal_.Scalar not_equal_.Tensor less.Scalar
      less.Tensor less_.Scalar less_.Tensor less_equal.Scalar less_equal.Tensor less_equal_.Scalar
      less_equal_.Tensor greater.Scalar greater.Tensor greater_.Scalar greater_.Tensor
      greater_equal.Scalar greater_equal.Tensor greater_equal_.Scalar greater_equal_.Tensor isnan
      isinf isfinite isneginf isposinf isreal isclose allclose equal isin.Scalar_Tensor
      isin.Tensor_Scalar isin.Tensor_Tensor logical_and logical_and_ logical_or logical_or_
      logical_xor logical_xor_ logical_not logical_not_ bitwise_and.Scalar
      bitwise_and.Scalar_Tensor bitwise_and.Tensor bitwise_and_.Scalar bitwise_and_.Tensor
      bitwise_or.Scalar bitwise_or.Scalar_Tensor bitwise_or.Tensor bitwise_or_.Scalar
      bitwise_or_.Tensor bitwise_xor.Scalar bitwise_xor.Scalar_Tensor bitwise_xor.Tensor
      bitwise_xor_.Scalar bitwise_xor_.Tensor bitwise_not bitwise_not_
      bitwise_left_shift.Scalar_Tensor bitwise_left_shift.Tensor bitwise_left_shift.Tensor_Scalar
      bitwise_left_shift_.Tensor bitwise_left_shift_.Tensor_Scalar
      bitwise_right_shift.Scalar_Tensor bitwise_right_shift.Tensor
      bitwise_right_shift.Tensor_Scalar bitwise_right_shift_.Tensor
      bitwise_right_shift_.Tensor_Scalar __and__.Scalar __and__.Tensor __or__.Scalar __or__.Tensor
      __xor__.Scalar __xor__.Tensor __lshift__.Scalar __lshift__.Tensor __rshift__.Scalar
      __rshift__.Tensor __iand__.Scalar __iand__.Tensor __ior__.Scalar __ior__.Tensor
      __ixor__.Scalar __ixor__.Tensor __ilshift__.Scalar __ilshift__.Tensor __irshift__.Scalar
      __irshift__.Tensor where where.Scalar where.ScalarOther where.ScalarSelf where.self
      masked_fill.Scalar masked_fill.Tensor masked_fill_.Scalar masked_fill_.Tensor _is_all_true
      _is_any_true
      """),
    OperatorFamily(
      "Activations",
      """
      relu relu_ relu6 relu6_ celu celu_ elu elu_ selu selu_ gelu gelu_ glu hardshrink softshrink
      hardsigmoid hardsigmoid_ hardswish hardswish_ hardtanh hardtanh_ leaky_relu leaky_relu_
      log_sigmoid log_sigmoid_forward logit logit_ mish mish_ prelu _prelu_kernel rrelu rrelu_
      silu silu_ sigmoid sigmoid_ softplus threshold threshold_ softmax.int _softmax
      log_softmax.int _log_softmax _safe_softmax
      """),
    OperatorFamily(
      "Dropout, which does nothing outside training",
      """
      dropout dropout_ feature_dropout feature_dropout_ alpha_dropout alpha_dropout_
      feature_alpha_dropout feature_alpha_dropout_
      """),
    OperatorFamily(
      "Convolutions",
      """
      conv1d conv1d.padding conv2d conv2d.padding conv3d conv3d.padding conv_transpose1d
      conv_transpose2d.input conv_transpose3d.input convolution _convolution
      _convolution.deprecated _convolution_mode conv_tbc
      """),
    OperatorFamily(
      "Products of matrices",
      """
      linear bilinear _trilinear mm mm.dtype bmm bmm.dtype mv addmm addmm.dtype addmm_ addmv
      addmv_ addbmm addbmm_ baddbmm baddbmm.dtype baddbmm_ addr addr_ matmul dot vdot inner outer
      ger kron einsum tensordot chain_matmul linalg_matmul linalg_multi_dot linalg_vecdot
      linalg_cross cross
      """),
    OperatorFamily(
      "Linear algebra",
      """
      det logdet slogdet inverse pinverse trace matrix_exp matrix_power cholesky linalg_cholesky
      linalg_cholesky_ex linalg_det linalg_slogdet linalg_inv linalg_inv_ex linalg_pinv
      linalg_pinv.atol_rtol_float linalg_pinv.atol_rtol_tensor linalg_pinv.rcond_tensor linalg_qr
      linalg_svd linalg_svdvals linalg_eigh linalg_eigvalsh linalg_solve linalg_solve_ex
      linalg_solve_triangular linalg_matrix_exp linalg_matrix_power linalg_matrix_rank
      linalg_matrix_rank.atol_rtol_float linalg_matrix_rank.atol_rtol_tensor
      linalg_matrix_rank.tol_tensor linalg_diagonal linalg_vander _linalg_det _linalg_slogdet
      _linalg_svd _linalg_eigh _linalg_solve_ex _linalg_check_errors cov corrcoef
      """),
    OperatorFamily(
      "Norms and distances",
      """
      norm.Scalar norm.ScalarOpt_dim norm.ScalarOpt_dim_dtype norm.ScalarOpt_dtype linalg_norm
      linalg_norm.ord_str linalg_vector_norm linalg_matrix_norm linalg_matrix_norm.str_ord
      frobenius_norm.dim nuclear_norm nuclear_norm.dim norm_except_dim renorm renorm_ dist cdist
      _cdist_forward _euclidean_dist pdist pairwise_distance cosine_similarity mse_loss l1_loss
      smooth_l1_loss huber_loss kl_div
      """),
    OperatorFamily(
      "Normalisations",
      """
      batch_norm native_batch_norm _native_batch_norm_legit_no_training _native_batch_norm_legit
      _native_batch_norm_legit.no_stats _native_batch_norm_legit_functional _batch_norm_no_update
      instance_norm layer_norm native_layer_norm group_norm native_group_norm rms_norm
      _fused_rms_norm _weight_norm _weight_norm_interface
      """),
    OperatorFamily(
      "Pools",
      """
      avg_pool1d avg_pool2d avg_pool3d adaptive_avg_pool1d adaptive_avg_pool2d adaptive_avg_pool3d
      _adaptive_avg_pool2d _adaptive_avg_pool3d max_pool1d max_pool2d max_pool3d
      max_pool1d_with_indices max_pool2d_with_indices max_pool3d_with_indices adaptive_max_pool1d
      adaptive_max_pool2d adaptive_max_pool3d max_unpool2d max_unpool3d
      """),
    OperatorFamily(
      "Resampling and rearranging of pixels",
      """
      upsample_nearest1d upsample_nearest1d.vec upsample_nearest2d upsample_nearest2d.vec
      upsample_nearest3d upsample_nearest3d.vec _upsample_nearest_exact1d
      _upsample_nearest_exact1d.vec _upsample_nearest_exact2d _upsample_nearest_exact2d.vec
      _upsample_nearest_exact3d _upsample_nearest_exact3d.vec upsample_linear1d
      upsample_linear1d.vec upsample_bilinear2d upsample_bilinear2d.vec upsample_bicubic2d
      upsample_bicubic2d.vec upsample_trilinear3d upsample_trilinear3d.vec _upsample_bilinear2d_aa
      _upsample_bilinear2d_aa.vec _upsample_bicubic2d_aa _upsample_bicubic2d_aa.vec
      _upsample_lanczos2d_aa _upsample_lanczos2d_aa.vec grid_sampler grid_sampler_2d
      grid_sampler_3d affine_grid_generator pixel_shuffle pixel_unshuffle channel_shuffle
      native_channel_shuffle im2col col2im unfold unfold_copy
      """),
    OperatorFamily(
      "Padding",
      """
      pad constant_pad_nd reflection_pad1d reflection_pad2d reflection_pad3d replication_pad1d
      replication_pad2d replication_pad3d _pad_circular _pad_enum pad_sequence
      """),
  ]
}
