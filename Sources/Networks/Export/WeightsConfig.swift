/// Where an archive keeps its tensors: `data/weights/…_config.json` and `data/constants/…`.
struct WeightsConfig: Codable, Sendable {
  var config: [String: Entry]

  struct Entry: Codable, Sendable {
    var path_name: String
    var is_param: Bool
    var use_pickle: Bool
    @Nullable var tensor_meta: ExportTensorMeta?
  }
}
