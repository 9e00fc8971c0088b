import Foundation
import RelatedNews

extension Command {
  static let preview = Command(
    name: "preview", arguments: "ARCHIVE --output FOLDER",
    summary: "a web site of the archive with its Related News boxes",
    details: """
      Writes a folder of pages to be opened in a browser: the stories, each article with its box
      and the reasons, and the archive's health. It needs no server and loads nothing from outside.
      An earlier preview is replaced as a whole; any other folder is left alone.
      """,
    examples: ["related-news preview Data/archive.jsonl --output site/"],
    options: [
      Option("output", "DIR", "write the site here"),
      Option("title", "TEXT", "what the archive is called (default: the name of its file)"),
      Option("force", nil, "put a folder aside that is not a preview"),
    ] + CommonOptions.lists + CommonOptions.analysis + CommonOptions.reading,
    run: PreviewCommand.run)
}

enum PreviewCommand {
  static func run(_ arguments: Arguments) throws {
    guard arguments.operands.count == 1, let path = arguments.operands.first else {
      throw UsageError("preview needs one ARCHIVE")
    }
    guard let folder = arguments.text("output") else {
      throw UsageError("preview needs --output FOLDER, such as --output site/")
    }
    var options = try CommonOptions.recommendationOptions(arguments)
    options.explains = true
    let jobs = try CommonOptions.jobs(arguments)
    let site = try SiteFolder(path: folder, putsAside: arguments.has("force"))
    let archive = try Inputs.archive(at: path, arguments)
    if archive.articles.allSatisfy(\.body.isEmpty) {
      Terminal.say(
        "\(path) keeps no text: the pages have headlines and boxes; give the articles for whole ones"
      )
    }
    let watch = Stopwatch()
    let title = arguments.text("title") ?? title(of: path)
    let preview = ProgressBar.watch("boxes", of: archive.count, unit: "articles", arguments) {
      let recommender = Recommender(archive: archive, options: options, jobs: jobs)
      return Preview(of: recommender, title: title, jobs: jobs)
    }
    let files = site.files
    let pages = try ProgressBar.watch("writing", of: archive.count, unit: "pages", arguments) {
      try preview.write(to: files, jobs: jobs)
    }
    let aside = try site.commit()
    if let aside { Terminal.say("what was there is now in \(aside)") }
    if !arguments.has("quiet") {
      Terminal.say(
        "wrote \(Terminal.counted(pages, "page")) in \(watch.text); open "
          + (folder as NSString).appendingPathComponent("index.html"))
    }
  }

  /// `Data/archive.jsonl` is called `archive`.
  private static func title(of path: String) -> String {
    path == "-" ? "Archive" : URL(filePath: path).deletingPathExtension().lastPathComponent
  }
}
