public import ArgumentParser
public import Scrubjay

extension Precision: ExpressibleByArgument {}
extension Storage: ExpressibleByArgument {}
