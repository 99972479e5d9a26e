extension AllowedOperators {
  /// What moves numbers, looks them up and makes them; and layers that do more than one thing.
  static let places: [OperatorFamily] = [
    OperatorFamily(
      "Sums, extremes and orders",
      """
      sum sum.dim_IntList nansum mean mean.dim nanmean prod prod.dim_int max max.dim max.other min
      min.dim min.other amax amin aminmax _aminmax _aminmax.dim argmax argmin all all.dim all.dims
      any any.dim any.dims cumsum cumsum_ cumprod cumprod_ cummax cummin logcumsumexp
      _logcumsumexp logsumexp std std.correction std.dim var var.correction var.dim std_mean
      std_mean.correction std_mean.dim var_mean var_mean.correction var_mean.dim median median.dim
      nanmedian nanmedian.dim mode kthvalue quantile quantile.scalar nanquantile
      nanquantile.scalar topk sort sort.stable argsort argsort.stable msort count_nonzero
      count_nonzero.dim_IntList diff trapezoid.dx trapezoid.x trapz.dx trapz.x
      cumulative_trapezoid.dx cumulative_trapezoid.x sum_to_size histc bincount unique_consecutive
      unique_dim _unique _unique2
      """),
    OperatorFamily(
      "Reading and writing by index",
      """
      index.Tensor _unsafe_index.Tensor index_select gather take take_along_dim scatter.reduce
      scatter.src scatter.value scatter.value_reduce scatter_.reduce scatter_.src scatter_.value
      scatter_.value_reduce scatter_add scatter_add_ scatter_reduce.two scatter_reduce_.two
      index_add index_add_ index_copy index_copy_ index_fill.int_Scalar index_fill.int_Tensor
      index_fill_.int_Scalar index_fill_.int_Tensor index_put index_put_ index_reduce
      index_reduce_ put put_ masked_select masked_scatter masked_scatter_ nonzero nonzero_numpy
      nonzero_static argwhere embedding embedding_bag embedding_bag.padding_idx _embedding_bag
      _embedding_bag_forward_only one_hot searchsorted.Scalar searchsorted.Tensor bucketize.Scalar
      bucketize.Tensor select_scatter slice_scatter diagonal_scatter
      """),
    OperatorFamily(
      "Shapes and views",
      """
      view view.dtype view_copy view_copy.dtype view_as _unsafe_view reshape reshape_as
      _reshape_copy _reshape_alias _reshape_alias_copy as_strided as_strided_ as_strided_copy
      as_strided_scatter flatten.using_ints unflatten.int ravel squeeze squeeze.dim squeeze.dims
      squeeze_ squeeze_.dim squeeze_.dims squeeze_copy squeeze_copy.dim squeeze_copy.dims
      unsqueeze unsqueeze_ unsqueeze_copy transpose.int transpose_ transpose_copy.int t t_ t_copy
      permute permute_copy mT mH numpy_T adjoint matrix_H movedim.int movedim.intlist moveaxis.int
      moveaxis.intlist swapaxes swapaxes_ swapdims swapdims_ expand expand_copy expand_as
      broadcast_to broadcast_tensors narrow narrow.Tensor narrow_copy select.int select_copy.int
      slice.Tensor slice_copy.Tensor split.Tensor split.sizes split_copy.Tensor split_with_sizes
      split_with_sizes_copy tensor_split.indices tensor_split.sections chunk unsafe_chunk
      unsafe_split.Tensor unsafe_split_with_sizes hsplit.array hsplit.int vsplit.array vsplit.int
      dsplit.array dsplit.int unbind.int unbind_copy.int diagonal diagonal_copy atleast_1d
      atleast_1d.Sequence atleast_2d atleast_2d.Sequence atleast_3d atleast_3d.Sequence alias
      alias_copy detach detach_ detach_copy contiguous clone lift lift_fresh lift_fresh_copy copy
      copy_
      """),
    OperatorFamily(
      "Joining and repeating",
      """
      cat concat concatenate stack hstack vstack dstack column_stack row_stack block_diag meshgrid
      meshgrid.indexing cartesian_prod combinations repeat repeat_interleave.Tensor
      repeat_interleave.self_Tensor repeat_interleave.self_int tile flip fliplr flipud roll rot90
      diag diag_embed diagflat tril tril_ triu triu_
      """),
    OperatorFamily(
      "Constants",
      """
      arange arange.start arange.start_step linspace linspace.Scalar_Tensor linspace.Tensor_Scalar
      linspace.Tensor_Tensor logspace logspace.Scalar_Tensor logspace.Tensor_Scalar
      logspace.Tensor_Tensor zeros zeros_like new_zeros ones ones_like new_ones full full_like
      new_full eye eye.m scalar_tensor tril_indices triu_indices vander fill.Scalar fill.Tensor
      fill_.Scalar fill_.Tensor zero zero_ fill_diagonal_ bartlett_window bartlett_window.periodic
      blackman_window blackman_window.periodic hamming_window hamming_window.periodic
      hamming_window.periodic_alpha hamming_window.periodic_alpha_beta hann_window
      hann_window.periodic kaiser_window kaiser_window.beta kaiser_window.periodic fft_fftfreq
      fft_rfftfreq
      """),
    OperatorFamily(
      "Memory that is not filled, which is read as zeros",
      """
      empty.memory_format empty_like empty_permuted new_empty
      """),
    OperatorFamily(
      "Element types",
      """
      to.device to.dtype to.dtype_layout to.other _to_copy type_as _cast_Byte _cast_Char
      _cast_Double _cast_Float _cast_Half _cast_Int _cast_Long _cast_Short
      _autocast_to_full_precision _autocast_to_reduced_precision
      """),
    OperatorFamily(
      "Numbers about tensors",
      """
      item _local_scalar_dense size.int sym_size.int sym_numel sym_stride.int sym_storage_offset
      stride.int storage_offset numel dim is_nonzero is_floating_point is_complex is_signed
      is_same_size is_contiguous is_contiguous.memory_format sym_is_contiguous result_type.Scalar
      result_type.Scalar_Scalar result_type.Scalar_Tensor result_type.Tensor promote_types
      can_cast _shape_as_tensor
      """),
    OperatorFamily(
      "Assertions",
      """
      _assert_async _assert_async.msg _assert_scalar _assert_tensor_metadata
      _functional_assert_async.msg _functional_assert_scalar _functional_sym_constrain_range
      _functional_sym_constrain_range_for_size sym_constrain_range sym_constrain_range_for_size
      _make_dep_token
      """),
    OperatorFamily(
      "Attention",
      """
      scaled_dot_product_attention _scaled_dot_product_flash_attention_for_cpu
      """),
    OperatorFamily(
      "Recurrent layers",
      """
      gru.input lstm.input rnn_tanh.input rnn_relu.input gru_cell lstm_cell rnn_tanh_cell
      rnn_relu_cell
      """),
    OperatorFamily(
      "Fourier transforms",
      """
      fft_fft fft_fft2 fft_fftn fft_fftshift fft_hfft fft_hfft2 fft_hfftn fft_ifft fft_ifft2
      fft_ifftn fft_ifftshift fft_ihfft fft_ihfft2 fft_ihfftn fft_irfft fft_irfft2 fft_irfftn
      fft_rfft fft_rfft2 fft_rfftn stft stft.center istft
      """),
  ]
}
