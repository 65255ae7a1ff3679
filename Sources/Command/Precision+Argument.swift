import ArgumentParser
import Scrubjay

extension Precision: @retroactive ExpressibleByArgument {}
