namespace VideoGen.Silo.Backends.ComfyUi.Workflows;

/// <summary>The values of a request that a workflow can take, as its author writes them.</summary>
internal static class SlotNames
{
    public const string Picture = "picture";
    public const string Prompt = "prompt";
    public const string NegativePrompt = "negative_prompt";
    public const string Seed = "seed";
    public const string Width = "width";
    public const string Height = "height";
    public const string Frames = "frames";
    public const string Fps = "fps";

    /// <summary>The length in seconds.</summary>
    public const string Length = "length";

    /// <summary>The prefix of the files that the graph saves.</summary>
    public const string Output = "output";

    /// <summary>Further pictures of a character; one that the character lacks gets the picture of the request.</summary>
    public static readonly IReadOnlyList<string> References =
        [.. Enumerable.Range(1, 8).Select(number => $"reference_{number}")];

    /// <summary>
    /// Without the prefix, a finished video could not be found after a restart of ComfyUI, which forgets its jobs.
    /// </summary>
    public static readonly IReadOnlyList<string> Needed = [Picture, Output];

    public static readonly IReadOnlyList<string> All =
        [Picture, Prompt, NegativePrompt, Seed, Width, Height, Frames, Fps, Length, Output, .. References];
}
