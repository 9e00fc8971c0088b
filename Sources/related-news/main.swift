import Foundation
import RelatedNews

// A closed pipe and a file that may not grow are errors of a write, told where they happen.
signal(SIGPIPE, SIG_IGN)
signal(SIGXFSZ, SIG_IGN)

keepFreedMemory()
exit(Tool.run(Array(CommandLine.arguments.dropFirst())))
