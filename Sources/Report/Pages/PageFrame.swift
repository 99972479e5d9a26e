internal import Files

/// What every page is made of: a head with the one stylesheet, a title with what stands under it, the
/// content, and a footer that says how to read the page and how it was made.
struct PageFrame {
  /// The title of the window.
  let title: String
  /// What the page is headed by, where that is not the title.
  var heading: String?
  /// What stands under the heading; may be empty.
  var lead: HTML = ""
  /// What this kind of page adds to the stylesheet.
  let styles: [String]
  /// The class of the body; empty for none.
  var bodyClass = ""
  /// What lies between header and footer.
  let content: HTML
  /// What lies in the footer.
  let footer: HTML
  /// What follows it, such as scripts; may be empty.
  var end: HTML = ""

  /// The page's text.
  var text: String {
    let body: HTML = bodyClass.isEmpty ? "<body>" : "<body class=\"\(bodyClass)\">"
    let page: HTML = """
      <!doctype html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      \(HTML(markup: OutputRule.pageMark))
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>\(title)</title>
      <style>\(HTML(markup: ([Stylesheet.shared] + styles).joined(separator: "\n")))</style>
      </head>
      \(body)
      <header>
      <h1>\(heading ?? title)</h1>
      \(lead)
      </header>
      \(content)
      <footer>
      \(footer)
      </footer>
      \(end)
      </body>
      </html>
      """
    return page.markup + "\n"
  }
}

extension HTML {
  /// A table of names and what belongs to them, without those that nothing belongs to.
  static func facts(_ rows: [(String, String)], isCode: Bool = true) -> HTML {
    let cells = rows.filter { !$0.1.isEmpty }.map { name, text -> HTML in
      let value: HTML = isCode ? "<code>\(text)</code>" : "\(text)"
      return "<tr><th>\(name)</th><td>\(value)</td></tr>"
    }
    return "<table class=\"facts\">\(cells)</table>"
  }
}
