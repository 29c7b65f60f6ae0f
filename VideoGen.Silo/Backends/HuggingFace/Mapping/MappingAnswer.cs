using VideoGen.Grains.Backends;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Silo.Backends.HuggingFace.Providers;

namespace VideoGen.Silo.Backends.HuggingFace.Mapping;

/// <summary>The possible outcomes of asking the Hub about a model.</summary>
internal abstract record MappingAnswer
{
    private MappingAnswer() { }

    /// <summary>The providers that serve the model; empty when none does.</summary>
    public sealed record Known(IReadOnlyList<ProviderMapping> Mappings) : MappingAnswer;

    /// <summary>The Hub refused to answer, because of the token or the model.</summary>
    public sealed record Refused(GenerationError Error, VerdictScope Scope) : MappingAnswer;

    /// <summary>The Hub did not answer this time.</summary>
    public sealed record Unavailable(GenerationError Error, TimeSpan? RetryAfter) : MappingAnswer;
}
