import Foundation
import RelatedNews

/// Measures the engine; `benchmarks` alone says how to call it.
func run(_ arguments: [String]) throws -> Int32 {
  guard let command = arguments.first else {
    print(BenchmarkOptions.usage)
    return 2
  }
  let options = try BenchmarkOptions(Array(arguments.dropFirst()))
  switch command {
  case "run" where !options.inputs.isEmpty || options.generated != nil:
    var stages = StageRun(options: options)
    return try stages.run() ? 0 : 1
  case "growth":
    try Growth(options: options).run()
    return 0
  case "generate":
    try GeneratedFile(options: options).write()
    return 0
  default:
    print(BenchmarkOptions.usage)
    return 2
  }
}

// As the tool does.
keepFreedMemory()
do {
  exit(try run(Array(CommandLine.arguments.dropFirst())))
} catch {
  FileHandle.standardError.write(Data("benchmarks: \(error)\n".utf8))
  exit(1)
}
