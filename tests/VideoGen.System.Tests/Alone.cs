namespace VideoGen.SystemTests;

/// <summary>
/// Tests that measure time or count what the whole machine does: they run one at a time, after all others, which run three at a
/// time because they mostly wait.
/// </summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
