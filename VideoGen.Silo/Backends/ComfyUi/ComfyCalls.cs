using System.Net.Http.Headers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using VideoGen.Silo.Backends.Settings;
using VideoGen.Silo.Backends.Wire;

namespace VideoGen.Silo.Backends.ComfyUi;

/// <summary>The routes of one ComfyUI server that are used (Comfy-Org/ComfyUI, <c>server.py</c>).</summary>
internal sealed class ComfyCalls(Upstream upstream, UpstreamClient client, IOptions<HuggingFaceOptions> options)
{
    /// <summary>The folder of our pictures and videos at the server.</summary>
    public const string Folder = "videogen";

    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public Task<Exchange> StatsAsync(CancellationToken cancellationToken) => GetAsync("/system_stats", cancellationToken);

    public Task<Exchange> NodeAsync(string type, CancellationToken cancellationToken) =>
        GetAsync($"/object_info/{Uri.EscapeDataString(type)}", cancellationToken);

    public Task<Exchange> JobAsync(string id, CancellationToken cancellationToken) =>
        GetAsync($"/api/jobs/{Uri.EscapeDataString(id)}", cancellationToken);

    /// <summary>The newest jobs, whoever sent them.</summary>
    public Task<Exchange> JobsAsync(int most, CancellationToken cancellationToken) =>
        GetAsync($"/api/jobs?limit={most}", cancellationToken);

    public Task<Exchange> QueueAsync(CancellationToken cancellationToken) => GetAsync("/queue", cancellationToken);

    public Task<Exchange> HistoryAsync(string id, CancellationToken cancellationToken) =>
        GetAsync($"/history/{Uri.EscapeDataString(id)}", cancellationToken);

    public Task<Exchange> RecentAsync(int most, CancellationToken cancellationToken) =>
        GetAsync($"/history?max_items={most}", cancellationToken);

    /// <summary>Whether a file exists; nothing of it is read.</summary>
    public async Task<Exchange> HasFileAsync(ComfyFile file, CancellationToken cancellationToken) =>
        await SendAsync(HttpMethod.Head, file.Path, null, options.Value.PollTimeout, cancellationToken);

    public Task<Exchange> SubmitAsync(byte[] body, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Post, "/prompt", new OnceContent(body), options.Value.SubmitTimeout, cancellationToken);

    public Task<Exchange> CancelAsync(string id, CancellationToken cancellationToken) =>
        PostAsync($"/api/jobs/{Uri.EscapeDataString(id)}/cancel", [], cancellationToken);

    public Task<Exchange> RemoveFromQueueAsync(string id, CancellationToken cancellationToken) =>
        PostAsync("/queue", new JsonObject { ["delete"] = new JsonArray(id) }, cancellationToken);

    public Task<Exchange> InterruptAsync(string id, CancellationToken cancellationToken) =>
        PostAsync("/interrupt", new JsonObject { ["prompt_id"] = id }, cancellationToken);

    /// <summary>The same bytes under the same name are stored once, so this may be repeated.</summary>
    public async Task<Exchange> UploadAsync(byte[] picture, string name, string type, CancellationToken cancellationToken)
    {
        using var file = new ByteArrayContent(picture) { Headers = { ContentType = new MediaTypeHeaderValue(type) } };
        using var form = new MultipartFormDataContent
        {
            { file, "image", name },
            { new StringContent("input"), "type" },
            { new StringContent(Folder), "subfolder" },
        };
        return await SendAsync(HttpMethod.Post, "/upload/image", form, options.Value.SubmitTimeout, cancellationToken);
    }

    public static byte[] Serialize(JsonNode body) => JsonSerializer.SerializeToUtf8Bytes(body, Relaxed);

    private Task<Exchange> GetAsync(string path, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Get, path, null, options.Value.PollTimeout, cancellationToken);

    private async Task<Exchange> PostAsync(string path, JsonObject body, CancellationToken cancellationToken)
    {
        using var content = new OnceContent(Serialize(body));
        return await SendAsync(HttpMethod.Post, path, content, options.Value.PollTimeout, cancellationToken);
    }

    private async Task<Exchange> SendAsync(
        HttpMethod method, string path, HttpContent? content, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var request = upstream.Request(method, path, content);
        return await client.SendAsync(request, upstream.Tokens.Current, timeout, cancellationToken);
    }
}
