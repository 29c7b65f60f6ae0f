using System.Text.Json.Nodes;
using VideoGen.FakeHub;
using VideoGen.FakeHub.Jobs;

namespace VideoGen.Testing;

/// <summary>The stand-in for Hugging Face in this process, and the settings that make the product talk to it.</summary>
public static class Hub
{
    /// <summary>Must never be seen again: every process is watched for it, and every answer.</summary>
    public const string Token = "hf_test_5up3rS3cretT0ken";

    /// <summary>
    /// A model that all four providers serve, so that a restart with another provider is all it takes to change.
    /// </summary>
    public const string Model = "videogen/everywhere";

    public static readonly string[] Providers = ["fal-ai", "wavespeed", "together", "novita"];

    /// <summary>
    /// Starts it with some addresses: a process that gets one for itself is known by its port in what the stand-in counts. Where
    /// ffmpeg is not what is tested, <paramref name="shaped"/> films leave it little to do.
    /// </summary>
    public static async Task<FakeHubServer> StartAsync(double queueSeconds = 0.05, double renderSeconds = 0.3, int addresses = 1,
        string host = "127.0.0.1", bool shaped = false)
    {
        var settings = new HubSettings { QueueSeconds = queueSeconds, RenderSeconds = renderSeconds, ShapedFilms = shaped };
        var ports = Enumerable.Range(0, addresses).Select(_ => FreePorts.Take());
        var hub = await FakeHubServer.StartAsync(new FakeHubOptions
        {
            Urls = string.Join(';', ports.Select(port => $"http://{host}:{port}")),
            Settings = settings,
        });
        hub.Models.Set(Model, new JsonObject
        {
            ["fal-ai"] = Served("fal-ai/wan/v2.2-a14b/image-to-video", "image-to-video"),
            ["wavespeed"] = Served("wavespeed-ai/wan-2.2/image-to-video", "image-to-video"),
            ["together"] = Served("Wan-AI/Wan2.2-I2V-A14B", "image-to-video"),
            ["novita"] = Served("MiniMax-H3", "image-text-to-video"),
        });
        return hub;
    }

    /// <summary>The settings of a product that orders from one provider, impatient enough for a test.</summary>
    public static (string Name, string Value)[] Settings(this FakeHubServer hub, string provider, Uri? address = null) =>
    [
        ("HF_TOKEN", Token),
        ("VideoGen__HuggingFace__HubUrl", (address ?? hub.Address).AbsoluteUri),
        ("VideoGen__HuggingFace__RouterUrl", new Uri(address ?? hub.Address, "/router").AbsoluteUri),
        ("VideoGen__HuggingFace__AllowLoopback", "true"),
        ("VideoGen__HuggingFace__Model", Model),
        ("VideoGen__HuggingFace__Provider", provider),
        ("VideoGen__Generation__PollInterval", "00:00:00.050"),
        ("VideoGen__Generation__MaxPollInterval", "00:00:00.250"),
        ("VideoGen__Generation__FirstRetryDelay", "00:00:00.050"),
        ("VideoGen__Generation__MaxRetryDelay", "00:00:02"),
        ("VideoGen__Generation__SuspectTime", "00:00:03"),
        ("VideoGen__Inference__FirstProbeDelay", "00:00:01"),
    ];

    /// <summary>
    /// The settings of another upstream, with one model of the same name. The Hub that knows the model may be another server than
    /// the router that takes the jobs.
    /// </summary>
    public static (string Name, string Value)[] Upstream(this FakeHubServer hub, string name, Uri? router = null) =>
    [
        ($"VideoGen__Upstreams__{name}__Kind", "huggingface"),
        ($"VideoGen__Upstreams__{name}__Token", $"{Token}_{name}"),
        ($"VideoGen__Upstreams__{name}__HubUrl", hub.Address.AbsoluteUri),
        ($"VideoGen__Upstreams__{name}__RouterUrl", new Uri(router ?? hub.Address, "/router").AbsoluteUri),
        ($"VideoGen__Models__{name}__Upstream", name),
        ($"VideoGen__Models__{name}__Name", Model),
    ];

    /// <summary>The one job of a script; more than one would have been paid for twice.</summary>
    public static Job TheJob(this FakeHubServer hub, string script) => hub.Jobs.For(script).Single();

    private static JsonObject Served(string id, string task) =>
        new() { ["status"] = "live", ["providerId"] = id, ["task"] = task, ["isModelAuthor"] = false };
}
