namespace VideoGen.Silo.Backends.Models;

/// <summary>The parameter for further pictures of a character, a list of data URIs, and how many the model takes.</summary>
internal sealed record ReferenceRule
{
    public required string Field { get; init; }

    public required int Most { get; init; }
}
