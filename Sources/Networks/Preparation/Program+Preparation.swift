public import Tensors

extension Program {
  /// Makes the program ready for many forward passes.
  ///
  /// The form and the batch length are those that a measurement found fastest, where the request has
  /// a place to keep measurements and leaves the batch open, and the job is long; else the form that
  /// usually is and a batch of eight. So they are the same in every run, and with them every bit of
  /// the outputs. A form whose output for the picture, run twice over, differs from the plain
  /// program's by more than 1e-4 of the largest number, or that libtorch cannot run, is left out.
  ///
  /// - Parameter picture: One picture of the job, `[1, C, H, W]`.
  /// - Complexity: two or three forward passes of two pictures; where something is measured, about
  ///   half a second.
  /// - Throws: ``NetworkError/bfloat16(reason:)`` where that is asked for and cannot be had, and what
  ///   `output(for:)` throws.
  public func prepared(
    for picture: Tensor, _ request: PreparationRequest
  ) throws(NetworkError) -> PreparedProgram {
    let tuner = try PreparationTuner(self, picture, request)
    if request.batch == nil, let tunings = request.tunings,
      request.pictures >= PreparationTuner.worthMeasuring
    {
      let key = tuner.key
      if let known = tunings.choice(for: key), let made = tuner.checked(known) { return made }
      if let found = try tuner.fastest(), let kept = tunings.keep(found, for: key),
        let made = tuner.checked(kept)
      {
        return made
      }
    }
    let batch = min(request.batch ?? 8, tuner.largestBatch)
    for form in tuner.forms {
      let choice = Tunings.Choice(form: form, batch: batch)
      if let made = tuner.checked(choice) { return made }
    }
    return PreparedProgram(
      form: .plain, precision: .single, batch: batch, bytesPerPicture: tuner.bytesPerPicture,
      program: self, pure: self)
  }
}
