namespace VideoGen.Grains.Contracts;

/// <summary>
/// Why a generation failed: a code of the closed list in docs/api.md, a sentence the user can act on, and whether a retry makes
/// sense. The last three come from the provider, where one was asked: its id, its HTTP status and its request id.
/// </summary>
[GenerateSerializer, Immutable, Alias("videogen.generation-error")]
public sealed record GenerationError(
    string Code, string Message, bool Retryable, string? Provider = null, int? ProviderStatus = null, string? RequestId = null);
