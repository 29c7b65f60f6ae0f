using VideoGen.Grains.Backends;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Silo.Backends.HuggingFace.Providers;

namespace VideoGen.Silo.Backends.HuggingFace.Mapping;

/// <summary>What asking the Hub for a model can end in.</summary>
internal abstract record MappingAnswer
{
    private MappingAnswer() { }

    /// <summary>Who serves the model; nobody, when the list is empty.</summary>
    public sealed record Known(IReadOnlyList<ProviderMapping> Mappings) : MappingAnswer;

    /// <summary>The Hub does not tell: the token, or the model.</summary>
    public sealed record Refused(GenerationError Error, VerdictScope Scope) : MappingAnswer;

    /// <summary>No answer this time.</summary>
    public sealed record Unavailable(GenerationError Error, TimeSpan? RetryAfter) : MappingAnswer;
}
