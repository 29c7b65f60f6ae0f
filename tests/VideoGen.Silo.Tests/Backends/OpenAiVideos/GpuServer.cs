using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using NetVips;
using VideoGen.Grains.Backends;
using VideoGen.Grains.Media;
using VideoGen.Silo.Backends;
using VideoGen.Silo.Backends.Models;
using VideoGen.Silo.Tests.Backends.HuggingFace;

namespace VideoGen.Silo.Tests.Backends.OpenAiVideos;

/// <summary>The backend of an upstream <c>gpu1</c> as the silo composes it, over a scripted network or a real one.</summary>
internal sealed class GpuServer : IDisposable
{
    public const string Url = "http://gpu1.example:8000";
    public const string Videos = Url + "/v1/videos";
    public const string Job = Videos + "/video_gen_7";
    public const string Queued = """{"id":"video_gen_7","object":"video","status":"queued","progress":0}""";

    public static readonly RenderJob RenderJob =
        new("video_gen_7", "/v1/videos/video_gen_7", "/v1/videos/video_gen_7/content", "/v1/videos/video_gen_7");

    private readonly Hub _hub;

    /// <summary>A server that is there; the settings are those of the upstream.</summary>
    public GpuServer(params (string Key, string? Value)[] settings)
        : this(Url, new ScriptedHttp(), settings) => Http.On("GET", Url + "/v1/models", 200, """{"data":[]}""");

    public GpuServer(string url, HttpMessageHandler? network, params (string Key, string? Value)[] settings)
    {
        _hub = new Hub(network,
        [
            ("HF_TOKEN", null), ("VideoGen:Upstreams:gpu1:Kind", "openai-videos"), ("VideoGen:Upstreams:gpu1:Url", url),
            .. settings.Select(pair => (pair.Key is "HF_TOKEN" ? pair.Key : $"VideoGen:Upstreams:gpu1:{pair.Key}", pair.Value)),
        ]);
        Store.Put(MediaKind.Upload, Hub.Order().Request.CharacterImage, Picture(60, 40));
    }

    public ScriptedHttp Http => _hub.Http;

    public MemoryMediaStore Store => _hub.Store;

    public Microsoft.Extensions.Time.Testing.FakeTimeProvider Time => _hub.Time;

    public CapturedLogs Logs => _hub.Logs;

    public IVideoBackend Backend => _hub.Get<IVideoBackends>().Find("gpu1")!;

    public Task<ServerStatus> GetStatusAsync() =>
        ((IServerStatus)_hub.Get<VideoBackends>().Find("gpu1")!).GetServerStatusAsync(CancellationToken.None);

    public static RenderRequest Order(string script = "the cat starts to dance") => Hub.Order(script: script);

    public static byte[] Picture(int width, int height)
    {
        using var image = Image.Black(width, height, bands: 3);
        return image.PngsaveBuffer();
    }

    public Task<PlanOutcome> PlanAsync(RenderRequest? request = null) =>
        Backend.PlanAsync(request ?? Order(), CancellationToken.None);

    public async Task<PlanOutcome.Planned> PlannedAsync(RenderRequest? request = null) =>
        Assert.IsType<PlanOutcome.Planned>(await PlanAsync(request));

    public async Task<SubmitOutcome> SubmitAsync(RenderRequest? request = null) =>
        await (await PlannedAsync(request)).Submit();

    public Task<PollOutcome> PollAsync(RenderPlan? plan = null, RenderJob? job = null) =>
        Backend.PollAsync(Order(), plan ?? new RenderPlan("gpu1"), job ?? RenderJob, CancellationToken.None);

    public Task<FetchOutcome> FetchAsync(string location) => Backend.FetchAsync(
        Order(), new RenderPlan("gpu1"), RenderJob, new RenderResult(location), CancellationToken.None);

    /// <summary>The fields of the form that was sent last, and the picture in it.</summary>
    public async Task<SentForm> FormAsync()
    {
        var sent = Http.Sent[^1];
        var boundary = MediaTypeHeaderValue.Parse(sent.Headers["content-type"]).Boundary.ToString();
        var reader = new MultipartReader(boundary, new MemoryStream(sent.Body));
        var form = new SentForm([], null, null, []);
        while (await reader.ReadNextSectionAsync() is { } section)
        {
            var disposition = ContentDispositionHeaderValue.Parse(section.ContentDisposition);
            var name = HeaderUtilities.RemoveQuotes(disposition.Name).ToString();
            if (disposition.FileName.HasValue)
            {
                using var bytes = new MemoryStream();
                await section.Body.CopyToAsync(bytes);
                form = form with
                {
                    FileName = $"{name}={HeaderUtilities.RemoveQuotes(disposition.FileName)}",
                    FileType = section.ContentType,
                    File = bytes.ToArray(),
                };
            }
            else
            {
                form.Fields.Add(name, await section.ReadAsStringAsync());
            }
        }

        return form;
    }

    public void Dispose() => _hub.Dispose();
}

internal sealed record SentForm(Dictionary<string, string> Fields, string? FileName, string? FileType, byte[] File);
