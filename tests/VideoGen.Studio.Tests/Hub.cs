using System.Net.Http.Json;
using System.Text.Json;
using VideoGen.FakeHub;
using VideoGen.FakeHub.Faults;
using VideoGen.Testing;

[assembly: AssemblyFixture(typeof(VideoGen.Studio.Tests.Hub))]

namespace VideoGen.Studio.Tests;

/// <summary>A server whose videos come from a stand-in for Hugging Face, so that a test says when a video is finished.</summary>
public sealed class Hub : IAsyncLifetime
{
    private FakeHubServer? _hub;
    private ApiProcess? _api;
    private string? _image;

    public ApiProcess Api => _api!;

    private FakeHubServer Fake => _hub!;

    public async ValueTask InitializeAsync()
    {
        _hub = await FakeHubServer.StartAsync(new FakeHubOptions
        {
            Settings = new() { QueueSeconds = 0.05, RenderSeconds = 0.2 },
        });
        _api = await ApiProcess.StartAsync(
            ("HF_TOKEN", "hf_test_5tud10T0ken"),
            ("VideoGen__HuggingFace__HubUrl", _hub.Address.AbsoluteUri),
            ("VideoGen__HuggingFace__RouterUrl", _hub.RouterUrl.AbsoluteUri),
            ("VideoGen__HuggingFace__AllowLoopback", "true"),
            ("VideoGen__HuggingFace__Provider", "fal-ai"),
            ("VideoGen__Inference__MaxConcurrent", "2"),
            ("VideoGen__Generation__PollInterval", "00:00:00.050"),
            ("VideoGen__Generation__MaxPollInterval", "00:00:00.250"),
            ("VideoGen__Generation__SuspectTime", "00:00:01"));
    }

    /// <summary>Creates the smallest video without the page.</summary>
    public async Task SubmitAsync(string script)
    {
        _image ??= await UploadAsync();
        using var answer = await Api.Client.PostAsJsonAsync(
            "/generate-video", new { characterImageUrl = _image, script, duration = 3, quality = "512" });
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Creates a character with one picture without the page, and returns its id.</summary>
    public async Task<string> CastAsync(string name)
    {
        _image ??= await UploadAsync();
        return await CreateAsync("/characters", new { name, pictures = (string[])[_image] });
    }

    /// <summary>Creates a storyboard of the smallest shots without the page, and returns its id.</summary>
    public async Task<string> PlanAsync(string title, string characterId, params string[] scripts) => await CreateAsync(
        "/storyboards",
        new
        {
            title,
            characterId,
            quality = "512",
            shots = scripts.Select(script => new { script, duration = 3 }),
        });

    /// <summary>Starts the rendering of a storyboard.</summary>
    public async Task RenderAsync(string storyboardId)
    {
        using var answer = await Api.Client.PostAsync($"/storyboards/{storyboardId}/render", null);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Lets the videos of this script render until they are finished or canceled.</summary>
    public void Hold(string script) => Fake.Faults.Add(FaultKind.NeverFinish, script);

    /// <summary>Finishes what was held.</summary>
    public void Finish(string script)
    {
        foreach (var job in Fake.Jobs.For(script))
        {
            Fake.Jobs.Finish(job.Id);
        }
    }

    /// <summary>Lets something go wrong with the next video of this script.</summary>
    public void Spoil(string script, FaultKind fault, int? status = null) =>
        Fake.Faults.Add(fault, script, next: 1, status: status);

    /// <summary>How many jobs a provider took for this script; each would have cost money.</summary>
    public int Jobs(string script) => Fake.Jobs.For(script).Count;

    private async Task<string> CreateAsync(string path, object body)
    {
        using var answer = await Api.Client.PostAsJsonAsync(path, body);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;
    }

    private async Task<string> UploadAsync()
    {
        var picture = await File.ReadAllBytesAsync(Path.Combine(AppContext.BaseDirectory, "Samples", "character.jpg"));
        using var form = new MultipartFormDataContent { { new ByteArrayContent(picture), "character", "me.jpg" } };
        using var answer = await Api.Client.PostAsync("/upload-character", form);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("imageUrl").GetString()!;
    }

    public async ValueTask DisposeAsync()
    {
        if (_api is not null)
        {
            await _api.DisposeAsync();
        }

        if (_hub is not null)
        {
            await _hub.DisposeAsync();
        }
    }
}
