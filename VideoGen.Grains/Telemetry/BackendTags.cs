using VideoGen.Grains.Generations.Ledger;

namespace VideoGen.Grains.Telemetry;

/// <summary>The tags that name a backend, a provider and a model; one without providers is tagged as its own.</summary>
internal static class BackendTags
{
    /// <summary>Of a generation that has an attempt, with the model.</summary>
    public static KeyValuePair<string, object?>[] Of(Generation generation)
    {
        var attempt = generation.Attempt!;
        return [.. Of(attempt.Backend, attempt.Plan.Provider), new(Tag.Model, generation.Model ?? attempt.Backend)];
    }

    public static KeyValuePair<string, object?>[] Of(string backend, string? provider) =>
        [new(Tag.Backend, backend), new(Tag.Provider, provider ?? backend)];
}
