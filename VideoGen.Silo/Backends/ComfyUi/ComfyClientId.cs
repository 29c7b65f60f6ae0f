namespace VideoGen.Silo.Backends.ComfyUi;

/// <summary>
/// The websocket id of this process. Two processes must not share one: a second socket with the same id replaces the first.
/// </summary>
internal sealed record ComfyClientId(string Value)
{
    public static ComfyClientId New() => new($"videogen-{Guid.NewGuid():N}");
}
