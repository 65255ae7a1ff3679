import Testing

/// What is wrong with a sweep file is told with its place and what exists.
@Suite struct SweepErrorTests {
    static let cases: [(text: String, message: String)] = [
        (
            "hypothesis: 1a.yaml",
            "1:1: unknown key \"hypothesis\", perhaps hypotheses, others; keys here are name, hypotheses, parameters, seeds, others, ablations, models, datasets, samples, exact, until-width, by, attribution, distance, precision, storage, include, exclude, require, checkpoint"
        ),
        (
            "model: model/",
            "1:1: unknown key \"model\", perhaps models; keys here are name, hypotheses, parameters, seeds, others, ablations, models, datasets, samples, exact, until-width, by, attribution, distance, precision, storage, include, exclude, require, checkpoint; if this is a hypothesis, it is for scrubjay run"
        ),
        ("seeds: 0..4", "1:1: the sweep has no \"hypotheses\""),
        ("- a", "1:1: \"the sweep\" is a list, expected a mapping"),
        ("hypotheses: [", "2:1: not YAML: did not find expected node content"),
        ("{hypotheses: 1a.yaml, seeds: 1, seeds: 2}", "1:23: not YAML: the key \"seeds\" occurs twice"),
        (
            "{hypotheses: 1a.yaml, precision: f32}",
            "1:34: \"precision\" is \"f32\", expected exact or tf32 or bf16 or f16"
        ),
        ("{hypotheses: 1a.yaml, storage: half}", "1:32: \"storage\" is \"half\", expected f32 or f16"),
        ("{hypotheses: 1a.yaml, distance: 0}", "1:33: \"distance\" is \"0\", expected true or false"),
        ("hypotheses: []", "1:13: \"hypotheses\" is an empty list, expected one value or more"),
        (
            "hypotheses: [1c.yaml]",
            "1:14: no file matches \"1c.yaml\", perhaps 1a.yaml; there are 1a.yaml, 1b.yaml, head.yaml, s.yaml, stated.yaml"
        ),
        (
            "hypotheses: [1a.yaml, '9*']",
            "1:23: no file matches \"9*\"; there are 1a.yaml, 1b.yaml, head.yaml, s.yaml, stated.yaml"
        ),
        ("hypotheses: [1a.yaml, 1a.yaml]", "1:23: \"hypotheses\" has \"1a.yaml\" twice"),
        ("{hypotheses: 1a.yaml, seeds: [0..3, 2]}", "1:37: \"seeds\" has \"2\" twice"),
        ("{hypotheses: 1a.yaml, seeds: [7, 07]}", "1:34: \"seeds\" has \"07\" twice"),
        (
            "{hypotheses: 1a.yaml, seeds: 4..0}",
            "1:30: \"seeds\" is \"4..0\", expected a range from the lesser number to the greater, such as 0..4"
        ),
        (
            "{hypotheses: 1a.yaml, seeds: -1}",
            "1:30: \"seeds\" is \"-1\", expected whole numbers of at least 0, or a range such as 0..4"
        ),
        ("{hypotheses: 1a.yaml, seeds: {a: 1}}", "1:30: \"seeds\" is a mapping, expected text"),
        (
            "{hypotheses: 1a.yaml, seeds: 0..1000000}",
            "1:30: the sweep has 1,000,001 runs, at most 1,000,000 can be made"
        ),
        (
            "{hypotheses: 1a.yaml, seeds: -9223372036854775807..9223372036854775807}",
            "1:30: the sweep has too many runs, at most 1,000,000 can be made"
        ),
        (
            "{hypotheses: [1a.yaml, 1b.yaml], seeds: 0..999999}",
            "1:1: the sweep has 2,000,000 runs, at most 1,000,000 can be made"
        ),
        (
            "{hypotheses: 1a.yaml, others: [any]}",
            "1:32: \"others\" is \"any\", expected file, random, each, together or exact"
        ),
        (
            "{hypotheses: 1a.yaml, ablations: median}",
            "1:34: \"ablations\" is \"median\", expected resample, zero, mean or mean:FEATURE"
        ),
        ("{hypotheses: 1a.yaml, models: [modle]}", "1:32: \"models\" has \"modle\", which is not there"),
        ("{hypotheses: 1a.yaml, samples: 0}", "1:32: \"samples\" is 0, expected 1 to 2147483647"),
        ("{hypotheses: 1a.yaml, samples: many}", "1:32: \"samples\" is \"many\", expected an integer"),
        ("{hypotheses: 1a.yaml, exact: yes}", "1:30: \"exact\" is \"yes\", expected true or false"),
        (
            "{hypotheses: 1a.yaml, exact: true, seeds: 0..1}",
            "1:36: \"seeds\" cannot be given with \"exact\": every combination of draws is run, and none is drawn"
        ),
        (
            "{hypotheses: 1a.yaml, exact: true, until-width: 1}",
            "1:36: \"until-width\" cannot be given with \"exact\": it decides how many samples are drawn"
        ),
        (
            "{hypotheses: 1a.yaml, exact: true, include: [{seed: 1}]}",
            "1:47: \"seed\" cannot be given with \"exact\": every combination of draws is run, and none is drawn"
        ),
        (
            "{hypotheses: 1a.yaml, until-width: 0}",
            "1:36: \"until-width\" is \"0\", expected a number above 0, such as 0.01"
        ),
        (
            "{hypotheses: 1a.yaml, require: recovered > 1}",
            "1:32: \"require\" is \"recovered > 1\", expected recovered, scrubbed, model or baseline, then >= or <=, then a number"
        ),
        (
            "{hypotheses: 1a.yaml, parameters: {seed: 1}}",
            "1:36: a parameter cannot be called \"seed\", which is a key of include and exclude, as are hypothesis, model, dataset, others, ablation"
        ),
        (
            "{hypotheses: head.yaml, parameters: {layer: \"0\\n1\"}}",
            "1:45: \"layer\" is text of several lines, expected one line"
        ),
        (
            "{hypotheses: 1a.yaml, parameters: {1x: 1}}",
            "1:36: \"parameters\" is \"1x\", expected names of letters, digits, _ and -, no digit or - first"
        ),
        (
            "{hypotheses: 1a.yaml, parameters: {}}",
            "1:35: \"parameters\" is empty, expected a name or more with its values"
        ),
        ("{hypotheses: 1a.yaml, parameters: {layer: 1}}", "1:36: no hypothesis has ${layer}; they have no parameters"),
        (
            "{hypotheses: head.yaml, parameters: {layer: 1, head: 1, feature: x, heads: 2}}",
            "1:69: no hypothesis has ${heads}, perhaps head; they have feature, head, layer"
        ),
        (
            "{hypotheses: 1a.yaml, include: []}",
            "1:32: \"include\" is an empty list, expected a list of entries such as {seed: 7}"
        ),
        ("{hypotheses: [1a.yaml, 1b.yaml], include: [{seed: 3}]}", "1:44: an entry of include has no \"hypothesis\""),
        (
            "{hypotheses: 1a.yaml, include: [{sede: 3}]}",
            "1:34: unknown key \"sede\", perhaps seed; keys here are hypothesis, model, dataset, others, ablation, seed"
        ),
        (
            "include: [{hypothesis: head.yaml, layer: 1, head: 2}]",
            "1:11: the entry states no \"feature\", which head.yaml uses; nothing of the matrix goes into it"
        ),
        (
            "{hypotheses: 1a.yaml, exclude: {seed: 0}}",
            "1:32: \"exclude\" is a mapping, expected a list of entries such as {seed: 7}"
        ),
        ("{hypotheses: 1a.yaml, exclude: [{}]}", "1:33: \"exclude\" is an entry that states nothing, expected keys"),
        (
            "{hypotheses: 1a.yaml, exclude: [{layer: 0}]}",
            "1:34: unknown key \"layer\"; keys here are hypothesis, model, dataset, others, ablation, seed"
        ),
        ("{hypotheses: 1a.yaml, exclude: [{seed: 0}]}", "1:1: the sweep has no run: \"exclude\" leaves none"),
        ("{hypotheses: 1a.yaml, checkpoint: 0}", "1:35: \"checkpoint\" is 0, expected 1 to 4000000"),
    ]

    @Test(arguments: cases) func isTold(_ text: String, _ message: String) throws {
        let complaint = try SweepFolder().complaint(text)
        #expect(complaint == "s.yaml:" + message)
    }

    @Test func anUnknownParameterIsToldWhereItStands() throws {
        let complaint = try SweepFolder().complaint("{hypotheses: head.yaml, parameters: {layers: 1, head: 2}}")
        #expect(complaint == "head.yaml:7:6: no parameter \"layer\", perhaps layers; parameters are layers, head")
    }

    @Test func aParameterThatIsNotClosedIsToldWhereItStands() throws {
        let folder = try SweepFolder()
        try folder.write("1a.yaml", "model: m\ndata: d.${x\n")
        #expect(
            folder.complaint("hypotheses: 1a.yaml")
                == "1a.yaml:2:9: \"${\" opens no parameter: expected a name and \"}\", such as ${layer}; $${ stands for ${ itself"
        )
    }
}
