namespace VideoGen.Silo.Backends.Settings;

/// <summary>The names of the backends, as settings and stored attempts know them.</summary>
internal static class BackendNames
{
    /// <summary>Inference Providers through the router.</summary>
    public const string HuggingFace = "huggingface";

    /// <summary>A dedicated endpoint.</summary>
    public const string Endpoint = "endpoint";

    /// <summary>A camera move over the picture, made by this server.</summary>
    public const string Preview = "preview";
}
