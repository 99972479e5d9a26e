/// A file of the page, which the program holds.
struct PageFile {
  /// Its path on the server; empty for the page itself.
  let path: String
  let body: StandingBody

  init(path: String, type: String, bytes: [UInt8]) {
    (self.path, body) = (path, StandingBody(bytes, type))
  }

  private static let script = "text/javascript; charset=utf-8"
  private static let style = "text/css; charset=utf-8"

  static let all = [
    PageFile(path: "", type: "text/html; charset=utf-8", bytes: PackageResources.index_html),
    PageFile(path: "answers.js", type: script, bytes: PackageResources.answers_js),
    PageFile(path: "api.js", type: script, bytes: PackageResources.api_js),
    PageFile(path: "app.js", type: script, bytes: PackageResources.app_js),
    PageFile(path: "ask.js", type: script, bytes: PackageResources.ask_js),
    PageFile(path: "bars.js", type: script, bytes: PackageResources.bars_js),
    PageFile(path: "brush.css", type: style, bytes: PackageResources.brush_css),
    PageFile(path: "brush.js", type: script, bytes: PackageResources.brush_js),
    PageFile(path: "chart.css", type: style, bytes: PackageResources.chart_css),
    PageFile(path: "chart.js", type: script, bytes: PackageResources.chart_js),
    PageFile(path: "chooser.js", type: script, bytes: PackageResources.chooser_js),
    PageFile(path: "colors.js", type: script, bytes: PackageResources.colors_js),
    PageFile(path: "compare.css", type: style, bytes: PackageResources.compare_css),
    PageFile(path: "compare.js", type: script, bytes: PackageResources.compare_js),
    PageFile(path: "confusions.css", type: style, bytes: PackageResources.confusions_css),
    PageFile(path: "confusions.js", type: script, bytes: PackageResources.confusions_js),
    PageFile(path: "crop.css", type: style, bytes: PackageResources.crop_css),
    PageFile(path: "crop.js", type: script, bytes: PackageResources.crop_js),
    PageFile(path: "dendrogram.css", type: style, bytes: PackageResources.dendrogram_css),
    PageFile(path: "dendrogram.js", type: script, bytes: PackageResources.dendrogram_js),
    PageFile(path: "documents.js", type: script, bytes: PackageResources.documents_js),
    PageFile(path: "dom.js", type: script, bytes: PackageResources.dom_js),
    PageFile(path: "drag.js", type: script, bytes: PackageResources.drag_js),
    PageFile(path: "example.css", type: style, bytes: PackageResources.example_css),
    PageFile(path: "example.js", type: script, bytes: PackageResources.example_js),
    PageFile(path: "export-figure.js", type: script, bytes: PackageResources.export_figure_js),
    PageFile(path: "export-pdf.js", type: script, bytes: PackageResources.export_pdf_js),
    PageFile(path: "export-svg.js", type: script, bytes: PackageResources.export_svg_js),
    PageFile(path: "export.js", type: script, bytes: PackageResources.export_js),
    PageFile(path: "inputs.js", type: script, bytes: PackageResources.inputs_js),
    PageFile(path: "keep.js", type: script, bytes: PackageResources.keep_js),
    PageFile(path: "layers.js", type: script, bytes: PackageResources.layers_js),
    PageFile(path: "look.js", type: script, bytes: PackageResources.look_js),
    PageFile(path: "maps.js", type: script, bytes: PackageResources.maps_js),
    PageFile(path: "mask.js", type: script, bytes: PackageResources.mask_js),
    PageFile(path: "method.js", type: script, bytes: PackageResources.method_js),
    PageFile(path: "notes.js", type: script, bytes: PackageResources.notes_js),
    PageFile(path: "numbers.js", type: script, bytes: PackageResources.numbers_js),
    PageFile(path: "overlay.js", type: script, bytes: PackageResources.overlay_js),
    PageFile(path: "pieces.js", type: script, bytes: PackageResources.pieces_js),
    PageFile(path: "probe.js", type: script, bytes: PackageResources.probe_js),
    PageFile(path: "question.js", type: script, bytes: PackageResources.question_js),
    PageFile(path: "records.js", type: script, bytes: PackageResources.records_js),
    PageFile(path: "region.js", type: script, bytes: PackageResources.region_js),
    PageFile(path: "runs.css", type: style, bytes: PackageResources.runs_css),
    PageFile(path: "runs.js", type: script, bytes: PackageResources.runs_js),
    PageFile(path: "sliders.js", type: script, bytes: PackageResources.sliders_js),
    PageFile(path: "stages.js", type: script, bytes: PackageResources.stages_js),
    PageFile(path: "state.js", type: script, bytes: PackageResources.state_js),
    PageFile(path: "style.css", type: style, bytes: PackageResources.style_css),
    PageFile(path: "support.js", type: script, bytes: PackageResources.support_js),
    PageFile(path: "tabs.js", type: script, bytes: PackageResources.tabs_js),
    PageFile(path: "tree.js", type: script, bytes: PackageResources.tree_js),
    PageFile(path: "views.js", type: script, bytes: PackageResources.views_js),
    PageFile(path: "whole.css", type: style, bytes: PackageResources.whole_css),
    PageFile(path: "whole.js", type: script, bytes: PackageResources.whole_js),
    PageFile(path: "zoom.js", type: script, bytes: PackageResources.zoom_js),
  ]
}
