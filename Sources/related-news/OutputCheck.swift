import RelatedNews

extension Arguments {
  /// The options whose files are written.
  private static let written = ["output", "changed-lists"]

  /// That no file is written that is also read, nor two to one place: the first would be lost. An index
  /// may take its own place.
  ///
  /// - Throws: `UsageError` that names the two.
  func checkOutputs(of command: Command) throws {
    let outputs = Self.written.flatMap { name in
      texts(name).map { (option: name, path: $0) }
    }.filter { $0.path != "-" }
    guard !outputs.isEmpty else { return }
    // `tune` adds to a configuration what it found, `judge` to judgments.
    let options = command.options.filter {
      $0.isPath && !Self.written.contains($0.name) && $0.name != "config"
    }
    let others = command.name == "judge" ? [] : options.flatMap { texts($0.name) }
    // The others of `explain` are ids.
    let archives = operands.prefix(command.name == "explain" ? 1 : .max).flatMap(Inputs.paths(of:))
    for output in outputs {
      let mayReplace = command.name == "index" && output.option == "output"
      for input in others + archives where PathParts.areSame(output.path, input) {
        guard mayReplace, archives.contains(input), IndexFile.isIndexFile(input) else {
          throw UsageError(
            "--\(output.option) \(output.path): is also read, and would be lost; name another file")
        }
      }
    }
    if outputs.dropFirst().contains(where: { $0.path == outputs[0].path }) {
      throw UsageError("--output and --changed-lists name one file, \(outputs[0].path)")
    }
  }
}
