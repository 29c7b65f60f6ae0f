namespace VideoGen.Api.OpenAi;

/// <summary>The body of every error under <c>/v1</c>.</summary>
internal sealed record ErrorResource(ErrorDetails Error);

/// <summary>
/// A sentence for the user, the class of the error, the parameter that it is about and a code from docs/openai.md; all four are
/// always there.
/// </summary>
internal sealed record ErrorDetails(string Message, string Type, string? Param, string? Code);
