// The library product: one import gives a program every room below.
@_exported public import ScrubCPU
@_exported public import ScrubConformance
@_exported public import ScrubCore
@_exported public import ScrubData
@_exported public import ScrubExperiment
@_exported public import ScrubGraph
@_exported public import ScrubHypothesis
@_exported public import ScrubModels
@_exported public import ScrubOpenCL
@_exported public import ScrubOps
@_exported public import ScrubPages
@_exported public import ScrubPlan
@_exported public import ScrubPlanner
@_exported public import ScrubStatistics
@_exported public import ScrubStore
@_exported public import ScrubSweep
