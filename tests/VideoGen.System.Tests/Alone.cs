namespace VideoGen.SystemTests;

/// <summary>
/// Tests that keep the processors busy, or measure time: they run one at a time, after all others. What mostly waits runs two at
/// a time.
/// </summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
