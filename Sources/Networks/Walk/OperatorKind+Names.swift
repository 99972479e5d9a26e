extension OperatorKind {
  /// The kinds with their operators, by the names in libtorch without overloads.
  static let names: [(OperatorKind, String)] = [
    (
      .convolution,
      """
      conv1d conv2d conv3d convolution _convolution conv_transpose1d conv_transpose2d conv_transpose3d
      _convolution_mode
      """
    ),
    (.linear, "linear addmm mm matmul bmm baddbmm linalg_matmul einsum mv dot vdot"),
    (
      .batchNormalization,
      """
      batch_norm native_batch_norm _native_batch_norm_legit_no_training cudnn_batch_norm
      _batch_norm_no_update
      """
    ),
    (
      .normalization,
      """
      layer_norm native_layer_norm group_norm native_group_norm instance_norm rms_norm _fused_rms_norm
      """
    ),
    (
      .activation,
      """
      relu relu6 hardtanh clamp clamp_min clamp_max clip leaky_relu prelu elu selu celu gelu silu mish
      sigmoid special_expit hardsigmoid hardswish tanh softplus log_sigmoid rrelu threshold _prelu_kernel
      hardshrink softshrink
      """
    ),
    (
      .elementwise,
      """
      exp exp2 expm1 special_exp2 special_expm1 log log2 log10 log1p special_log1p sqrt rsqrt reciprocal
      square pow float_power abs absolute neg negative erf special_erf erfc sin cos tan sinh cosh asin acos
      atan asinh acosh atanh logit special_logit nan_to_num
      """
    ),
    (
      .maxPooling,
      """
      max_pool1d max_pool2d max_pool3d max_pool1d_with_indices max_pool2d_with_indices
      max_pool3d_with_indices adaptive_max_pool1d adaptive_max_pool2d adaptive_max_pool3d amax max
      """
    ),
    (.extreme, "maximum minimum fmax fmin amin min aminmax topk sort median nanmedian kthvalue"),
    (
      .averaging,
      """
      avg_pool1d avg_pool2d avg_pool3d adaptive_avg_pool1d adaptive_avg_pool2d _adaptive_avg_pool2d
      adaptive_avg_pool3d _adaptive_avg_pool3d mean upsample_linear1d upsample_bilinear2d
      upsample_trilinear3d _upsample_bilinear2d_aa
      """
    ),
    (.resampling, "upsample_bicubic2d _upsample_bicubic2d_aa _upsample_lanczos2d_aa"),
    (.sum, "add sum cumsum col2im trace"),
    (.norm, "linalg_vector_norm norm linalg_norm frobenius_norm"),
    (.difference, "sub subtract rsub"),
    (.product, "mul multiply"),
    (.quotient, "div divide true_divide"),
    (
      .concatenation,
      "cat concat concatenate stack hstack vstack dstack column_stack row_stack"
    ),
    (
      .rearrangement,
      """
      view _unsafe_view view_copy reshape reshape_as _reshape_copy flatten unflatten permute permute_copy
      transpose transpose_copy swapaxes swapdims t numpy_T mT movedim moveaxis squeeze squeeze_copy
      unsqueeze unsqueeze_copy expand expand_copy expand_as broadcast_to contiguous clone alias detach
      dropout feature_dropout alpha_dropout slice slice_copy select select_copy narrow split split_copy
      split_with_sizes split_with_sizes_copy tensor_split chunk unsafe_chunk unsafe_split
      unsafe_split_with_sizes unbind unbind_copy diagonal index_select index _unsafe_index gather
      take_along_dim unfold unfold_copy im2col pixel_shuffle pixel_unshuffle channel_shuffle
      native_channel_shuffle constant_pad_nd pad _pad_enum _pad_circular reflection_pad1d reflection_pad2d
      reflection_pad3d replication_pad1d replication_pad2d replication_pad3d upsample_nearest1d
      upsample_nearest2d upsample_nearest3d _upsample_nearest_exact1d _upsample_nearest_exact2d
      _upsample_nearest_exact3d roll flip fliplr flipud rot90 to _to_copy identity view_as lift_fresh_copy repeat repeat_interleave tile atleast_1d atleast_2d
      atleast_3d
      """
    ),
    (
      .selection,
      """
      where masked_fill tril triu positive copy type_as _cast_Float _cast_Double _cast_Half slice_scatter
      select_scatter
      """
    ),
    (
      .softmax,
      """
      softmax _softmax _safe_softmax special_softmax log_softmax _log_softmax special_log_softmax
      """
    ),
    (
      .shape,
      """
      new_zeros new_ones new_full new_empty zeros_like ones_like full_like empty_like fill zero
      _shape_as_tensor
      """
    ),
  ]
}
