import Foundation

/// Makes listings of the public interface, and lists of topics for its documentation, of symbol graphs.
///
///     symbols list GRAPHS FOLDER        writes FOLDER/Module.txt for each module
///     symbols topics GRAPHS CATALOGUE   adds its symbols to the page of each module
let words = CommandLine.arguments
guard words.count == 4 else {
  print("usage: symbols list|topics GRAPHS FOLDER")
  exit(64)
}
let graphs = try SymbolGraph.all(in: URL(filePath: words[2]))
let folder = URL(filePath: words[3])
switch words[1] {
case "list":
  for (module, lines) in Interface(graphs).lines {
    try Data((lines.joined(separator: "\n") + "\n").utf8)
      .write(to: folder.appending(path: module + ".txt"))
  }
case "topics":
  let topics = Topics(graphs)
  for module in topics.modules.keys {
    let page = folder.appending(path: "Libraries/\(module)Library.md")
    // What `Rather` itself holds stands on the first page.
    guard var text = try? String(contentsOf: page, encoding: .utf8) else { continue }
    text += topics.text(of: module)
    try Data(text.utf8).write(to: page)
  }
default:
  print("say list or topics, not \(words[1])")
  exit(64)
}
