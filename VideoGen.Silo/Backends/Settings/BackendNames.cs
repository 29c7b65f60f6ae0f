namespace VideoGen.Silo.Backends.Settings;

/// <summary>The backend names that settings and stored attempts use.</summary>
internal static class BackendNames
{
    /// <summary>Inference Providers through the router.</summary>
    public const string HuggingFace = "huggingface";

    /// <summary>A dedicated endpoint.</summary>
    public const string Endpoint = "endpoint";

    /// <summary>A ComfyUI server with a workflow for each model.</summary>
    public const string ComfyUi = "comfyui";

    /// <summary>A server that speaks <c>/v1/videos</c>.</summary>
    public const string OpenAiVideos = "openai-videos";

    /// <summary>A camera move over the picture, rendered by this server.</summary>
    public const string Preview = "preview";
}
